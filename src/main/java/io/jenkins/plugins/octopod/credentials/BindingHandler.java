package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jenkinsci.plugins.credentialsbinding.MultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.CertificateMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.SSHUserPrivateKeyBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.UsernamePasswordMultiBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.ZipFileBinding;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Converts a binding of one class to the variables and files that scripts get, which are the same as in a job’s steps.
 * The binding itself can’t be used, because it needs a run and a workspace, and most control scripts have neither.
 *
 * @param binding class of the binding
 * @param credentials class of the credentials that the binding refers to
 * @param variables function that returns the binding’s variables; null for a variable that isn’t set
 * @param resolver function that adds the credentials to the secrets
 */
record BindingHandler<B extends MultiBinding<?>, C extends StandardCredentials>(
        Class<B> binding, Class<C> credentials, Function<B, List<String>> variables, Resolver<B, C> resolver) {

    private static final List<BindingHandler<?, ?>> ALL = List.of(
            new BindingHandler<>(
                    StringBinding.class,
                    StringCredentials.class,
                    one -> Arrays.asList(one.getVariable()),
                    BindingHandler::text),
            new BindingHandler<>(
                    UsernamePasswordMultiBinding.class,
                    StandardUsernamePasswordCredentials.class,
                    one -> Arrays.asList(one.getUsernameVariable(), one.getPasswordVariable()),
                    BindingHandler::pair),
            new BindingHandler<>(
                    UsernamePasswordBinding.class,
                    StandardUsernamePasswordCredentials.class,
                    one -> Arrays.asList(one.getVariable()),
                    BindingHandler::joined),
            new BindingHandler<>(
                    FileBinding.class,
                    FileCredentials.class,
                    one -> Arrays.asList(one.getVariable()),
                    BindingHandler::file),
            new BindingHandler<>(
                    ZipFileBinding.class,
                    FileCredentials.class,
                    one -> Arrays.asList(one.getVariable()),
                    BindingHandler::zip),
            new BindingHandler<>(
                    SSHUserPrivateKeyBinding.class,
                    SSHUserPrivateKey.class,
                    one -> Arrays.asList(one.keyFileVariable, one.getPassphraseVariable(), one.getUsernameVariable()),
                    BindingHandler::key),
            new BindingHandler<>(
                    CertificateMultiBinding.class,
                    StandardCertificateCredentials.class,
                    one -> Arrays.asList(one.getKeystoreVariable(), one.getPasswordVariable(), one.getAliasVariable()),
                    BindingHandler::certificate));

    /** Adds the content of a credential to the scripts’ secrets. */
    @FunctionalInterface
    private interface Resolver<B, C> {
        void resolve(B binding, C credentials, ScriptSecrets.Builder secrets)
                throws ScriptFailureException, IOException;
    }

    /** Finds a credential by its id and type. */
    @FunctionalInterface
    interface CredentialsLookup {
        <C extends StandardCredentials> C get(String id, Class<C> type) throws ScriptFailureException;
    }

    /** Returns the handler for a class of bindings; empty for classes of other plugins. */
    static Optional<BindingHandler<?, ?>> of(Class<?> binding) {
        return ALL.stream()
                .filter(handler -> handler.binding().isAssignableFrom(binding))
                .findFirst();
    }

    /** Returns the names of the variables that the binding sets. */
    List<String> variablesOf(MultiBinding<?> one) {
        return variables.apply(binding.cast(one)).stream()
                .map(Util::fixEmptyAndTrim)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Adds the binding’s credential to the scripts’ secrets.
     *
     * @throws ScriptFailureException if the credential doesn’t exist, or isn’t allowed in the variable
     * @throws IOException if the credential’s content can’t be read
     */
    void bind(MultiBinding<?> one, CredentialsLookup credentialsLookup, ScriptSecrets.Builder secrets)
            throws ScriptFailureException, IOException {
        resolver.resolve(binding.cast(one), credentialsLookup.get(one.getCredentialsId(), credentials), secrets);
    }

    private static void text(StringBinding binding, StringCredentials credentials, ScriptSecrets.Builder secrets) {
        secrets.secret(binding.getVariable(), credentials.getSecret().getPlainText());
    }

    private static void pair(
            UsernamePasswordMultiBinding binding,
            StandardUsernamePasswordCredentials credentials,
            ScriptSecrets.Builder secrets) {
        username(binding.getUsernameVariable(), credentials.getUsername(), credentials.isUsernameSecret(), secrets);
        secrets.secret(binding.getPasswordVariable(), credentials.getPassword().getPlainText());
    }

    private static void username(String variable, String name, boolean secret, ScriptSecrets.Builder secrets) {
        if (secret) {
            secrets.secret(variable, name);
        } else {
            secrets.variable(variable, name);
        }
    }

    private static void joined(
            UsernamePasswordBinding binding,
            StandardUsernamePasswordCredentials credentials,
            ScriptSecrets.Builder secrets) {
        String password = credentials.getPassword().getPlainText();
        secrets.secret(binding.getVariable(), credentials.getUsername() + ':' + password);
        secrets.masked(password);
    }

    private static void file(FileBinding binding, FileCredentials credentials, ScriptSecrets.Builder secrets)
            throws ScriptFailureException, IOException {
        byte[] content = content(credentials);
        String variable = Util.fixNull(binding.getVariable()).trim();
        Optional<String> refusal = BindingCheck.refusal(variable, binding.getCredentialsId(), content);
        if (refusal.isPresent()) {
            throw ProjectCredentials.restricted(refusal.get());
        }
        secrets.file(variable, credentials.getFileName(), content);
    }

    private static void zip(ZipFileBinding binding, FileCredentials credentials, ScriptSecrets.Builder secrets)
            throws IOException {
        secrets.archive(binding.getVariable(), credentials.getFileName(), content(credentials));
    }

    private static byte[] content(FileCredentials credentials) throws IOException {
        try (InputStream content = credentials.getContent()) {
            return content.readAllBytes();
        }
    }

    private static void key(
            SSHUserPrivateKeyBinding binding, SSHUserPrivateKey credentials, ScriptSecrets.Builder secrets) {
        StringBuilder keys = new StringBuilder();
        credentials.getPrivateKeys().forEach(key -> keys.append(key).append('\n'));
        secrets.file(binding.keyFileVariable, "key", keys.toString().getBytes(StandardCharsets.UTF_8));
        Secret passphrase = credentials.getPassphrase();
        secrets.secret(binding.getPassphraseVariable(), passphrase == null ? "" : passphrase.getPlainText());
        username(binding.getUsernameVariable(), credentials.getUsername(), credentials.isUsernameSecret(), secrets);
    }

    private static void certificate(
            CertificateMultiBinding binding, StandardCertificateCredentials credentials, ScriptSecrets.Builder secrets)
            throws IOException {
        String password = credentials.getPassword().getPlainText();
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        try {
            credentials.getKeyStore().store(store, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        secrets.file(binding.getKeystoreVariable(), "keystore", store.toByteArray());
        secrets.secret(binding.getPasswordVariable(), password);
        secrets.variable(binding.getAliasVariable(), credentials.getDescription());
    }
}
