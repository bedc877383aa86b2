package io.jenkins.plugins.octopod.scripts;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import jenkins.MasterToSlaveFileCallable;

/** Reads, on the agent, what is to be masked in a script’s output; the controller alone can make sense of it. */
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
