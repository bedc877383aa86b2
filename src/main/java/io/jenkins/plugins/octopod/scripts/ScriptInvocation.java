package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One script that is to be asked, among many.
 *
 * @param id by which its answer is known; unique among those that are asked together
 * @param arguments that follow those that all have in common
 * @param secrets by argument, what the script gets instead
 */
public record ScriptInvocation(String id, ControlScript script, List<String> arguments, Map<String, String> secrets)
        implements Serializable {

    public ScriptInvocation(String id, ControlScript script, List<String> arguments, SecretArguments secrets) {
        this(id, script, arguments, new HashMap<>(secrets.replacements()));
    }

    /** Without what nobody may see. */
    @Override
    public String toString() {
        return script + " of " + id;
    }
}
