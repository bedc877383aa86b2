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
 * Checks to which variables a project may bind credentials. Only administrators decide which programs run on agents, so
 * a binding can’t set a variable that decides it, unless they allow that.
 *
 * <p>{@code KUBECONFIG} is allowed, because scripts need it to access a project’s cluster. Its file must not make
 * kubectl and helm run a program or send other files to the cluster.
 */
final class BindingCheck {

    private static final String KUBECONFIG = "KUBECONFIG";

    /**
     * Matches keys that make kubectl and helm run a program or send a file, as words; {@code …-data} is a different
     * word.
     */
    private static final Pattern RUNNING =
            Pattern.compile("(?<![\\w+/=.-])(exec|auth-provider|tokenFile)(?![\\w+/=.-])", Pattern.CASE_INSENSITIVE);

    /**
     * Matches YAML syntax in which these keys could be written differently: escapes, line continuations, tags, and
     * directives.
     */
    private static final Pattern HIDDEN = Pattern.compile(
            "\\\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|\\R)|(?m:^|[\\s\\[{,:?-])!|(?m:^)%", Pattern.CASE_INSENSITIVE);

    private BindingCheck() {}

    /** Returns a sentence about why a binding isn’t allowed, independent of its credential; empty if it is allowed. */
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

    /** Returns a sentence about why a variable can’t have the file; empty if it can. */
    static Optional<String> refusal(String variable, String credentialsId, byte[] content) {
        return !isKubeconfig(variable) || isHarmless(content) || ProtectedVariables.isAllowed(variable)
                ? Optional.empty()
                : Optional.of(Messages.BindingCheck_kubeconfig(credentialsId, variable));
    }

    private static boolean isKubeconfig(String variable) {
        return variable.equalsIgnoreCase(KUBECONFIG);
    }

    /**
     * Returns whether the file is UTF-8 without dangerous keys. kubectl also reads UTF-16, in which the keys wouldn’t
     * be found.
     */
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
