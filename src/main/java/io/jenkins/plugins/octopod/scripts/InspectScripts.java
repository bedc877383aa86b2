package io.jenkins.plugins.octopod.scripts;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.ControlScript;
import java.io.File;
import java.util.EnumMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/** Looks, on the agent, which control scripts a directory has. */
final class InspectScripts extends MasterToSlaveFileCallable<Map<ControlScript, InspectScripts.State>> {

    private static final long serialVersionUID = 1L;

    /** What is there under a script's name; nothing is {@code null}. */
    enum State {
        READY,
        NOT_EXECUTABLE,
        NOT_A_FILE
    }

    /** Null where the directory itself isn't there. */
    @Override
    public Map<ControlScript, State> invoke(File directory, VirtualChannel channel) {
        if (!directory.isDirectory()) {
            return null;
        }
        Map<ControlScript, State> found = new EnumMap<>(ControlScript.class);
        for (ControlScript script : ControlScript.values()) {
            File file = new File(directory, script.fileName());
            if (!file.exists()) {
                continue;
            }
            found.put(
                    script, !file.isFile() ? State.NOT_A_FILE : file.canExecute() ? State.READY : State.NOT_EXECUTABLE);
        }
        return found;
    }
}
