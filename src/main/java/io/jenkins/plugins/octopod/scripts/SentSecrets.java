package io.jenkins.plugins.octopod.scripts;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** That part of {@link ScriptSecrets} which travels to the agent. Says nothing of what is in it. */
final class SentSecrets implements Serializable {

    private static final long serialVersionUID = 1L;

    static final SentSecrets NONE = new SentSecrets(Map.of(), List.of(), Map.of());

    private final LinkedHashMap<String, String> variables;
    private final ArrayList<SecretFile> files;
    private final HashMap<String, String> arguments;

    /** @param arguments what is said instead of an argument */
    SentSecrets(Map<String, String> variables, List<SecretFile> files, Map<String, String> arguments) {
        this.variables = new LinkedHashMap<>(variables);
        this.files = new ArrayList<>(files);
        this.arguments = new HashMap<>(arguments);
    }

    boolean isEmpty() {
        return variables.isEmpty() && files.isEmpty() && arguments.isEmpty();
    }

    SentSecrets withoutArguments() {
        return arguments.isEmpty() ? this : new SentSecrets(variables, files, Map.of());
    }

    SentSecrets with(Map<String, String> moreArguments) {
        HashMap<String, String> all = new HashMap<>(arguments);
        all.putAll(moreArguments);
        return new SentSecrets(variables, files, all);
    }

    Map<String, String> variables() {
        return variables;
    }

    List<SecretFile> files() {
        return files;
    }

    /** As the script gets them. */
    List<String> revealed(List<String> command) {
        return revealed(command, arguments);
    }

    static List<String> revealed(List<String> command, Map<String, String> secrets) {
        return command.stream()
                .map(argument -> secrets.getOrDefault(argument, argument))
                .toList();
    }
}
