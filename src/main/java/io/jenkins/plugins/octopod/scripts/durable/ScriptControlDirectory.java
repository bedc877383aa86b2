package io.jenkins.plugins.octopod.scripts.durable;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Control directory of a {@link DurableScript} on the agent, with the files that represent the state of the script. */
@ModuleInternal
public record ScriptControlDirectory(File directory) {

    /** The system tells when a process began to a hundredth of a second, counted from a boot time that is rounded. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    /** In digits. */
    private static final int MAX_NUMBER_LENGTH = 20;

    File stdout() {
        return new File(directory, "stdout");
    }

    public File stderr() {
        return new File(directory, "stderr");
    }

    /** The process id of what waits for the script. */
    public File pid() {
        return new File(directory, "pid");
    }

    /** Whether the process id is known yet. */
    boolean isSupervised() {
        return pid().isFile();
    }

    /**
     * What waits for the script; empty where it has ended. After the machine was restarted, its process id may be
     * another's: one that has begun after it was written down isn't it.
     */
    Optional<ProcessHandle> supervisor() throws IOException {
        Path file = pid().toPath();
        long id = Long.parseLong(Files.readString(file).trim());
        Instant writtenDown = Files.getLastModifiedTime(file).toInstant();
        return ProcessHandle.of(id).filter(ProcessHandle::isAlive).filter(process -> process.info()
                .startInstant()
                .map(start -> !start.isAfter(writtenDown.plus(CLOCK_TOLERANCE)))
                .orElse(true));
    }

    /** The script's exit code; appears whole, once the script has ended. */
    public File exit() {
        return new File(directory, "exit");
    }

    /** What the script is given that nobody else may see; there until it has ended. */
    public File secrets() {
        return new File(directory, "secrets");
    }

    /** What is to be masked in its output, as the controller alone can read it. */
    File masked() {
        return new File(directory, "masked");
    }

    /** Where the script runs. */
    public File work() {
        return new File(directory, "work");
    }

    /**
     * Takes the room on the disk that a number will need, for one that is written over it and moved to its place.
     *
     * @throws IOException if there is none
     */
    void reserve(File file) throws IOException {
        Files.writeString(part(file), " ".repeat(MAX_NUMBER_LENGTH) + "\n");
    }

    private Path part(File file) {
        return new File(directory, file.getName() + ".part").toPath();
    }

    /** Writes a number so that it appears whole. */
    public void write(File file, long number) throws IOException {
        Path part = part(file);
        Files.writeString(part, number + "\n");
        Files.move(part, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    }
}
