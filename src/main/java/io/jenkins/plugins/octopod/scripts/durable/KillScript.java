package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessTree;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import jenkins.MasterToSlaveFileCallable;
import org.apache.commons.io.FileUtils;

/** Kills, on the agent, everything that a script has started. */
final class KillScript extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    /** Between asking to end and killing. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String cookieVariable;
    private final String cookieValue;

    KillScript(ProcessCookie cookie) {
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) throws IOException {
        ScriptControlDirectory controlDirectory = new ScriptControlDirectory(directory);
        ProcessHandle supervisor =
                controlDirectory.isSupervised() ? controlDirectory.supervisor().orElse(null) : null;
        if (!new ProcessTree(supervisor, new ProcessCookie(cookieVariable, cookieValue)).kill(GRACE)) {
            throw new IOException("Some of its processes can’t be killed");
        }
        // Who would have removed them was killed as well.
        FileUtils.deleteDirectory(controlDirectory.secrets());
        return null;
    }
}
