package io.jenkins.plugins.octopod.scripts.ask;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.scripts.secrets.SecretArguments;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One script to run in a batch.
 *
 * @param id ID that identifies the result; unique in the batch
 * @param arguments arguments that follow the common arguments of the batch
 * @param secrets values that the script gets instead of arguments, by argument
 */
public record ScriptInvocation(String id, ControlScript script, List<String> arguments, Map<String, String> secrets)
        implements Serializable {

    public ScriptInvocation(String id, ControlScript script, List<String> arguments, SecretArguments secrets) {
        this(id, script, arguments, new HashMap<>(secrets.replacements()));
    }

    /** Returns the secrets that the script gets as values of arguments, without the keys. */
    public List<String> secretValues() {
        return secrets.values().stream()
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .toList();
    }

    /** Returns the string form, without secrets. */
    @Override
    public String toString() {
        return script + " of " + id;
    }
}
