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
 * What scripts are given that nobody else may see: variables, files, and what some of their arguments really are. It is
 * never stored, and says nothing of itself. Immutable.
 */
public final class ScriptSecrets {

    public static final ScriptSecrets NONE = new ScriptSecrets(RemoteSecrets.NONE, List.of(), SecretMask.NONE, "");

    /** In bytes: what is larger isn’t masked, as nobody prints it by mistake. */
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

    /** As these, and with what some arguments really are: on the agent alone each is replaced by the other. */
    public ScriptSecrets withArguments(SecretArguments arguments) {
        return arguments.isEmpty()
                ? this
                : of(sent.with(arguments.replacements()), together(arguments.secrets()), identity);
    }

    /** As these, and with more that is masked. */
    public ScriptSecrets withMasked(Collection<String> secrets) {
        return secrets.isEmpty() ? this : of(sent, together(secrets), identity);
    }

    private List<String> together(Collection<String> more) {
        List<String> all = new ArrayList<>(masked);
        all.addAll(more);
        return all;
    }

    /** For all that scripts print who are given them. */
    public SecretMask mask() {
        return mask;
    }

    @ModuleInternal
    public RemoteSecrets sent() {
        return sent;
    }

    /** Returns what is masked in a form that this Jenkins alone can read, for {@link #decryptMask}. */
    @NonNull
    public String encryptMask() {
        return Secret.fromString(String.join(SEPARATOR, masked)).getEncryptedValue();
    }

    /**
     * Returns the mask of what was {@link #encryptMask encrypted}; null if that is damaged. Only what this controller has stored
     * may be given: whoever chose the text could otherwise learn what any secret of this Jenkins is.
     */
    @CheckForNull
    public static SecretMask decryptMask(@NonNull String stored) {
        Secret secret = Secret.decrypt(stored);
        return secret == null
                ? null
                : SecretMask.of(Arrays.asList(secret.getPlainText().split(SEPARATOR)));
    }

    /**
     * Tells where variables and files come from, without a value: it stays the same while a credential has another value at
     * each read. Empty where there are none.
     */
    public String identity() {
        return identity;
    }

    /** By which the values of variables and files are known to be others; empty where there are none. */
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

    /** Collects them one by one; a variable without a name is left out. */
    public static final class Builder {

        private final Map<String, String> variables = new LinkedHashMap<>();
        private final List<SecretFile> files = new ArrayList<>();
        private final List<String> masked = new ArrayList<>();
        private final StringBuilder identity = new StringBuilder();

        private Builder() {}

        /** Adds to what tells where the secrets come from, such as the id of a credential; nothing that is secret. */
        public Builder source(String... parts) {
            for (String part : parts) {
                identity.append(part).append(SEPARATOR);
            }
            return this;
        }

        /** What everybody may see. */
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

        /** What nobody may see, whether or not scripts are given it in some other form. */
        public Builder masked(String value) {
            masked.add(value);
            return this;
        }

        /** @param variable that is to have the file’s path */
        public Builder file(String variable, String name, byte[] content) {
            if (Util.fixEmptyAndTrim(variable) != null) {
                files.add(new SecretFile(variable.trim(), name, content, false));
            }
            mask(content);
            return this;
        }

        /** @param variable that is to have the path of a directory with what is in the zip */
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
                    // Nothing that a terminal could show.
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
