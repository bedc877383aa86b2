package io.jenkins.plugins.octopod.scripts.secrets;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Secret arguments of scripts, by the arguments that are shown in their place. The string form doesn’t reveal them.
 * Immutable.
 */
public final class SecretArguments {

    public static final SecretArguments NONE = new SecretArguments(Map.of(), Set.of());

    private final Map<String, String> replacements;
    private final Set<String> secrets;

    private SecretArguments(Map<String, String> replacements, Set<String> secrets) {
        this.replacements = replacements;
        this.secrets = secrets;
    }

    /**
     * Returns these arguments with one added.
     *
     * @param key key of the configuration
     * @param shown value that is shown to users
     * @param secret value that the script gets
     */
    public SecretArguments with(String key, String shown, String secret) {
        Map<String, String> more = new HashMap<>(replacements);
        more.put(key + '=' + shown, key + '=' + secret);
        Set<String> all = new HashSet<>(secrets);
        all.add(secret);
        return new SecretArguments(more, all);
    }

    /** Returns these arguments with the others added. */
    public SecretArguments and(SecretArguments others) {
        Map<String, String> more = new HashMap<>(replacements);
        more.putAll(others.replacements);
        Set<String> all = new HashSet<>(secrets);
        all.addAll(others.secrets);
        return new SecretArguments(more, all);
    }

    public boolean isEmpty() {
        return replacements.isEmpty();
    }

    /** Returns the secret values without their keys. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** Returns the argument that the script gets, by the argument that is shown. */
    @ModuleInternal
    public Map<String, String> replacements() {
        return replacements;
    }
}
