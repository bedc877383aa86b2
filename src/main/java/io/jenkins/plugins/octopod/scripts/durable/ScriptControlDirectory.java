package io.jenkins.plugins.octopod.scripts.durable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.process.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/** Control directory of a {@link DurableScript} on the agent, with the files that represent the state of the script. */
@ModuleInternal
public record ScriptControlDirectory(File directory) {

    /** In digits. */
    private static final int MAX_NUMBER_LENGTH = 20;

    /** In characters; two numbers and an id of 36 characters with their names. */
    private static final int MAX_IDENTITY_LENGTH = 100;

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

    /** The identity of what waits for the script; written before {@link #pid}. Older versions of the plugin have none. */
    public File identity() {
        return new File(directory, "started");
    }

    /** Is there once the script was killed or given up: what hasn't started it by then never does. */
    File cancelled() {
        return new File(directory, "cancelled");
    }

    /**
     * Returns whether the directory is there.
     *
     * @throws IOException if the system can't be asked
     */
    boolean isPresent() throws IOException {
        return exists(directory);
    }

    boolean isCancelled() throws IOException {
        return exists(cancelled());
    }

    /** A file that can't be looked at isn't one that is missing, which {@link File} takes it for. */
    private static boolean exists(File file) throws IOException {
        try {
            Files.readAttributes(file.toPath(), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns the process id of what waits for the script; empty if it isn't written down, or not wholly. */
    OptionalLong supervisorId() throws IOException {
        return readNumber(pid());
    }

    /** Returns the identity of what waits for the script; unknown if it isn't written down, or not wholly. */
    ProcessIdentity supervisorIdentity() throws IOException {
        return ProcessIdentity.parse(readText(identity()));
    }

    /** Returns the exit code; null if it isn't written down, or not wholly. */
    @CheckForNull
    Integer exitCode() throws IOException {
        OptionalLong exitCode = readNumber(exit());
        return exitCode.isPresent() ? Integer.valueOf((int) exitCode.getAsLong()) : null;
    }

    private static OptionalLong readNumber(File file) throws IOException {
        String text = readText(file);
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns what is in the file, without what was reserved; empty if there is no such file. */
    private static String readText(File file) throws IOException {
        try {
            return Files.readString(file.toPath(), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** From now on nothing starts the script. Whoever does now has written down the process id before it looks for this. */
    void cancel() throws IOException {
        try {
            Files.createFile(cancelled().toPath());
        } catch (FileAlreadyExistsException e) {
            // It was cancelled before.
        } catch (NoSuchFileException e) {
            // Whoever was about to start it has given up meanwhile, and removed the directory.
        }
    }

    /** The script's exit code; appears whole, once the script has ended. */
    public File exit() {
        return new File(directory, "exit");
    }

    /** What the script is given that nobody else may see; there until it has ended. */
    public File secrets() {
        return new File(directory, "secrets");
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

    /** Takes the room on the disk for the identity, which is written over it. */
    void reserveIdentity() throws IOException {
        Files.writeString(identity().toPath(), " ".repeat(MAX_IDENTITY_LENGTH) + "\n");
    }

    /** Writes down the identity of what waits for the script, before its process id or as long as it runs. */
    void writeIdentity(ProcessIdentity identity) throws IOException {
        if (identity.isKnown()) {
            Files.writeString(identity().toPath(), identity.text() + "\n");
        }
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
