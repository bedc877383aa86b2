package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;
import org.apache.commons.io.FileUtils;

/** Kills everything on the agent that a script has started. */
final class KillScript extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private final String cookieVariable;
    private final String cookieValue;

    KillScript(ProcessCookie cookie) {
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException {
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory);
        if (!new ScriptLiveness(controlDirectory, new ProcessCookie(cookieVariable, cookieValue)).kill()) {
            throw new IOException("Some of its processes can’t be killed");
        }
        // The supervisor, which normally deletes them, was killed as well.
        FileUtils.deleteDirectory(controlDirectory.secrets());
        return null;
    }
}
