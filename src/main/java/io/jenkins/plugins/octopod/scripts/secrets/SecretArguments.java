package io.jenkins.plugins.octopod.scripts.secrets;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What some arguments of scripts really are. Says nothing of what is in it. Immutable. */
public final class SecretArguments {

    public static final SecretArguments NONE = new SecretArguments(Map.of(), Set.of());

    private final Map<String, String> replacements;
    private final Set<String> secrets;

    private SecretArguments(Map<String, String> replacements, Set<String> secrets) {
        this.replacements = replacements;
        this.secrets = secrets;
    }

    /**
     * As these, with one more.
     *
     * @param key of the configuration
     * @param shown what everybody sees as its value
     * @param secret what the script gets as its value
     */
    public SecretArguments with(String key, String shown, String secret) {
        Map<String, String> more = new HashMap<>(replacements);
        more.put(key + '=' + shown, key + '=' + secret);
        Set<String> all = new HashSet<>(secrets);
        all.add(secret);
        return new SecretArguments(more, all);
    }

    /** These and those. */
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

    /** The secrets alone. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** By the argument that is shown, the one that the script gets. */
    @ModuleInternal
    public Map<String, String> replacements() {
        return replacements;
    }
}
