package io.jenkins.plugins.octopod.scripts.secrets;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of {@link ScriptSecrets} that is sent to the agent. Its string form reveals nothing of its content. */
@ModuleInternal
public final class RemoteSecrets implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final RemoteSecrets NONE = new RemoteSecrets(Map.of(), List.of(), Map.of());

    private final LinkedHashMap<String, String> variables;
    private final ArrayList<SecretFile> files;
    private final HashMap<String, String> arguments;

    /**
     * Creates the secrets.
     *
     * @param arguments secret argument by the argument that it replaces
     */
    RemoteSecrets(Map<String, String> variables, List<SecretFile> files, Map<String, String> arguments) {
        this.variables = new LinkedHashMap<>(variables);
        this.files = new ArrayList<>(files);
        this.arguments = new HashMap<>(arguments);
    }

    public boolean isEmpty() {
        return variables.isEmpty() && files.isEmpty() && arguments.isEmpty();
    }

    public RemoteSecrets withoutArguments() {
        return arguments.isEmpty() ? this : new RemoteSecrets(variables, files, Map.of());
    }

    RemoteSecrets with(Map<String, String> moreArguments) {
        HashMap<String, String> all = new HashMap<>(arguments);
        all.putAll(moreArguments);
        return new RemoteSecrets(variables, files, all);
    }

    public Map<String, String> variables() {
        return variables;
    }

    List<SecretFile> files() {
        return files;
    }

    /** Returns the command as the script gets it. */
    public List<String> withSecretArguments(List<String> command) {
        return withSecretArguments(command, arguments);
    }

    public static List<String> withSecretArguments(List<String> command, Map<String, String> secrets) {
        return command.stream()
                .map(argument -> secrets.getOrDefault(argument, argument))
                .toList();
    }
}
