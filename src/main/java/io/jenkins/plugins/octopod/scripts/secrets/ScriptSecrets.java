package io.jenkins.plugins.octopod.scripts.secrets;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets of scripts: variables, files, and the secret values of some arguments. They are never stored, and the string
 * form doesn’t reveal them. Immutable.
 */
public final class ScriptSecrets {

    public static final ScriptSecrets NONE = new ScriptSecrets(RemoteSecrets.NONE, List.of(), SecretMask.NONE, "");

    /** Limit in bytes. The content of a larger file isn’t masked, because scripts don’t print it by accident. */
    private static final int MAX_MASKED_FILE_SIZE = 16 * 1024;

    private static final String SEPARATOR = "\0";

    private final RemoteSecrets sent;
    private final List<String> masked;
    private final SecretMask mask;
    private final String identity;

    private ScriptSecrets(RemoteSecrets sent, List<String> masked, SecretMask secretMask, String identity) {
        this.sent = sent;
        this.masked = masked;
        this.mask = secretMask;
        this.identity = identity;
    }

    private static ScriptSecrets of(RemoteSecrets sent, List<String> masked, String identity) {
        return new ScriptSecrets(sent, List.copyOf(masked), SecretMask.of(masked), identity);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns these secrets with secret arguments added. Only the agent replaces the shown arguments by them. */
    public ScriptSecrets withArguments(SecretArguments arguments) {
        return arguments.isEmpty()
                ? this
                : of(sent.with(arguments.replacements()), together(arguments.secrets()), identity);
    }

    /** Returns these secrets with additional texts to mask. */
    public ScriptSecrets withMasked(Collection<String> secrets) {
        return secrets.isEmpty() ? this : of(sent, together(secrets), identity);
    }

    private List<String> together(Collection<String> more) {
        List<String> all = new ArrayList<>(masked);
        all.addAll(more);
        return all;
    }

    /** Returns the mask for the output of scripts that get these secrets. */
    public SecretMask mask() {
        return mask;
    }

    @ModuleInternal
    public RemoteSecrets sent() {
        return sent;
    }

    /** Returns the masked texts, encrypted for {@link #decryptMask} with a key of this Jenkins. */
    @NonNull
    public String encryptMask() {
        return Secret.fromString(String.join(SEPARATOR, masked)).getEncryptedValue();
    }

    /**
     * Returns the mask from {@link #encryptMask encrypted} texts; null if they are damaged. The text must come from
     * this controller’s storage only: a caller that chooses the text could otherwise find out any secret of this
     * Jenkins.
     */
    @CheckForNull
    public static SecretMask decryptMask(@NonNull String stored) {
        Secret secret = Secret.decrypt(stored);
        return secret == null
                ? null
                : SecretMask.of(Arrays.asList(secret.getPlainText().split(SEPARATOR)));
    }

    /**
     * Returns an identity of the sources of variables and files, which doesn’t depend on their values. It stays the
     * same even if a credential returns a new value at each read. Empty if there are none.
     */
    public String identity() {
        return identity;
    }

    /** Returns a digest that changes with the values of variables and files; empty if there are none. */
    public String digest() {
        StringBuilder all = new StringBuilder();
        sent.variables()
                .forEach((name, value) ->
                        all.append(name).append(SEPARATOR).append(value).append(SEPARATOR));
        for (SecretFile file : sent.files()) {
            all.append(file.variable()).append(SEPARATOR);
            all.append(new String(file.content(), StandardCharsets.ISO_8859_1)).append(SEPARATOR);
        }
        return all.isEmpty() ? "" : Util.getDigestOf(all.toString());
    }

    /** Builder of secrets. Ignores variables without a name. */
    public static final class Builder {

        private final Map<String, String> variables = new LinkedHashMap<>();
        private final List<SecretFile> files = new ArrayList<>();
        private final List<String> masked = new ArrayList<>();
        private final StringBuilder identity = new StringBuilder();

        private Builder() {}

        /**
         * Adds the source of a secret, such as the id of a credential, to the identity. It must not be secret itself.
         */
        public Builder source(String... parts) {
            for (String part : parts) {
                identity.append(part).append(SEPARATOR);
            }
            return this;
        }

        /** Adds a variable that isn’t secret. */
        public Builder variable(String name, String value) {
            if (Util.fixEmptyAndTrim(name) != null) {
                variables.put(name.trim(), value);
            }
            return this;
        }

        public Builder secret(String name, String value) {
            masked.add(value);
            return variable(name, value);
        }

        /** Adds a text to mask, whether or not scripts get it in some form. */
        public Builder masked(String value) {
            masked.add(value);
            return this;
        }

        /**
         * Adds a secret file.
         *
         * @param variable name of the variable for the file’s path
         */
        public Builder file(String variable, String name, byte[] content) {
            if (Util.fixEmptyAndTrim(variable) != null) {
                files.add(new SecretFile(variable.trim(), name, content, false));
            }
            mask(content);
            return this;
        }

        /**
         * Adds a secret directory.
         *
         * @param variable name of the variable for the path of the directory with the unpacked zip
         */
        public Builder archive(String variable, String name, byte[] zip) {
            if (Util.fixEmptyAndTrim(variable) != null) {
                files.add(new SecretFile(variable.trim(), name, zip, true));
            }
            return this;
        }

        private void mask(byte[] content) {
            if (content.length <= MAX_MASKED_FILE_SIZE) {
                try {
                    masked.add(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
                } catch (CharacterCodingException e) {
                    // Binary content, which no script prints readably.
                    return;
                }
            }
        }

        public ScriptSecrets build() {
            boolean none = variables.isEmpty() && files.isEmpty() && masked.isEmpty();
            if (none) {
                return NONE;
            }
            variables.keySet().forEach(this::source);
            files.forEach(file -> source(file.variable(), file.name()));
            return of(new RemoteSecrets(variables, files, Map.of()), masked, Util.getDigestOf(identity.toString()));
        }
    }
}
