package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import java.io.File;
import java.io.IOException;
import jenkins.MasterToSlaveFileCallable;

/** Answers, on the agent, whether a script runs. */
final class IsScriptRunning extends MasterToSlaveFileCallable<Boolean> {

    private static final long serialVersionUID = 1L;

    private final String cookieVariable;
    private final String cookieValue;

    IsScriptRunning(ProcessCookie cookie) {
        this.cookieVariable = cookie.variable();
        this.cookieValue = cookie.value();
    }

    @Override
    public Boolean invoke(File directory, VirtualChannel channel) throws IOException {
        return new ScriptLiveness(new ScriptControlDirectory(directory), new ProcessCookie(cookieVariable, cookieValue))
                .isRunning();
    }
}
