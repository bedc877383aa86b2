package io.jenkins.plugins.octopod.scripts;

import hudson.Functions;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.ControlScript;
import java.io.File;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Lists the control scripts in a directory on the agent. */
final class ListScripts extends MasterToSlaveFileCallable<Map<ControlScript, ListScripts.ScriptListing>> {

    private static final long serialVersionUID = 1L;

    /** Extensions of programs on Windows, in order of precedence. */
    private static final List<String> WINDOWS_EXTENSIONS = List.of(".bat", ".cmd", ".exe");

    /** State of the file with a script's name. */
    enum State {
        READY,
        NOT_EXECUTABLE,
        NOT_A_FILE
    }

    /**
     * A control script that exists in the directory.
     *
     * @param fileName file name, including the extension on Windows
     */
    record ScriptListing(String fileName, State state) implements Serializable {}

    /** Returns the scripts in the directory; null if the directory doesn’t exist. */
    @Override
    public Map<ControlScript, ScriptListing> invoke(File directory, VirtualChannel channel) {
        return directory.isDirectory() ? inspect(directory, Functions.isWindows()) : null;
    }

    static Map<ControlScript, ScriptListing> inspect(File directory, boolean windows) {
        Map<ControlScript, ScriptListing> found = new EnumMap<>(ControlScript.class);
        for (ControlScript script : ControlScript.values()) {
            for (String extension : windows ? WINDOWS_EXTENSIONS : List.of("")) {
                File file = new File(directory, script.fileName() + extension);
                if (file.exists()) {
                    found.putIfAbsent(script, new ScriptListing(file.getName(), state(file)));
                }
            }
        }
        return found;
    }

    private static State state(File file) {
        return !file.isFile() ? State.NOT_A_FILE : file.canExecute() ? State.READY : State.NOT_EXECUTABLE;
    }
}
