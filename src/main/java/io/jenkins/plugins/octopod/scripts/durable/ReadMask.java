package io.jenkins.plugins.octopod.scripts.durable;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import jenkins.MasterToSlaveFileCallable;

/** Reads, on the agent, the encrypted mask for a script’s output. Only the controller can decrypt it. */
final class ReadMask extends MasterToSlaveFileCallable<String> {

    private static final long serialVersionUID = 1L;

    /** Empty where there is nothing. */
    @Override
    public String invoke(File directory, VirtualChannel channel) throws IOException {
        try {
            return Files.readString(
                    new ScriptControlDirectory(directory).masked().toPath());
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
