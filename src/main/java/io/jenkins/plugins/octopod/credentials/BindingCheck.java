package io.jenkins.plugins.octopod.credentials;

import io.jenkins.plugins.octopod.security.ProtectedVariables;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;

/**
 * Which variables a project may bind credentials to. Only administrators decide which programs run on agents, so a binding can’t set a
 * variable that decides it, unless they allow that.
 *
 * <p>{@code KUBECONFIG} is free, as that is how a project’s scripts get at its cluster, but only for a file that has kubectl and helm
 * run no program and send no other file to the cluster.
 */
final class BindingCheck {

    private static final String KUBECONFIG = "KUBECONFIG";

    /** What has kubectl and helm run a program or send a file, as a word of its own; {@code …-data} is another. */
    private static final Pattern RUNNING =
            Pattern.compile("(?<![\\w+/=.-])(exec|auth-provider|tokenFile)(?![\\w+/=.-])", Pattern.CASE_INSENSITIVE);

    /** How such a word can be written in YAML without its letters: by escapes, a line that goes on, or a tag. */
    private static final Pattern HIDDEN = Pattern.compile(
            "\\\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|\\R)|(?m:^|[\\s\\[{,:?-])!|(?m:^)%", Pattern.CASE_INSENSITIVE);

    private BindingCheck() {}

    /** Returns a sentence that says why a binding isn’t allowed, whatever its credential is; empty if it is. */
    static Optional<String> refusal(MultiBinding<?> binding) {
        return BindingHandler.of(binding.getClass()).stream()
                .flatMap(handler -> handler.variablesOf(binding).stream())
                .flatMap(variable -> refusal(binding, variable).stream())
                .findFirst();
    }

    private static Optional<String> refusal(MultiBinding<?> binding, String variable) {
        if (ProtectedVariables.isRefused(variable)) {
            return Optional.of(Messages.BindingCheck_protected(variable));
        }
        boolean file = binding instanceof FileBinding;
        return isKubeconfig(variable) && !file && !ProtectedVariables.isAllowed(variable)
                ? Optional.of(Messages.BindingCheck_noFile(variable))
                : Optional.empty();
    }

    /** Returns a sentence that says why a variable can’t have that file; empty if it can. */
    static Optional<String> refusal(String variable, String credentialsId, byte[] content) {
        return !isKubeconfig(variable) || isHarmless(content) || ProtectedVariables.isAllowed(variable)
                ? Optional.empty()
                : Optional.of(Messages.BindingCheck_kubeconfig(credentialsId, variable));
    }

    private static boolean isKubeconfig(String variable) {
        return variable.equalsIgnoreCase(KUBECONFIG);
    }

    /** kubectl reads UTF-16 as well, in which the words would look different. */
    private static boolean isHarmless(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.indexOf('\0') < 0
                    && !RUNNING.matcher(text).find()
                    && !HIDDEN.matcher(text).find();
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
