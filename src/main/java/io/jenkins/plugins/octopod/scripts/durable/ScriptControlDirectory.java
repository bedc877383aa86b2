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

    /** Maximum length of a number in digits. */
    private static final int MAX_NUMBER_LENGTH = 20;

    /** Maximum length of the identity in characters: two numbers and an id of 36 characters, with their names. */
    private static final int MAX_IDENTITY_LENGTH = 100;

    File stdout() {
        return new File(directory, "stdout");
    }

    public File stderr() {
        return new File(directory, "stderr");
    }

    /** Returns the file with the process id of the script’s supervisor. */
    public File pid() {
        return new File(directory, "pid");
    }

    /**
     * Returns the file with the identity of the supervisor, which is written before {@link #pid}. Older versions of the
     * plugin don’t write it.
     */
    public File identity() {
        return new File(directory, "started");
    }

    /**
     * Returns the file that exists after the script was killed or given up. A script that hasn't started before never
     * starts.
     */
    File cancelled() {
        return new File(directory, "cancelled");
    }

    /** Returns the file with the id of the machine’s boot in which the start began. */
    private Path boot() {
        return new File(directory, "boot").toPath();
    }

    /** Records in which boot of the machine the start began, before anything is started. */
    void beginStart() throws IOException {
        Files.createDirectories(directory.toPath());
        Files.writeString(boot(), ProcessIdentity.bootId(), StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns whether the start was broken off before the script began. The supervisor stores its process id first, and
     * a file of the same boot can’t have been lost with the machine’s power. False if the system doesn’t show boots.
     */
    boolean isUnstarted() throws IOException {
        String boot = readText(boot().toFile());
        return !boot.isEmpty()
                && boot.equals(ProcessIdentity.bootId())
                && isCancelled()
                && supervisorId().isEmpty()
                && exitCode() == null;
    }

    /**
     * Returns whether the directory exists.
     *
     * @throws IOException if its existence can't be determined
     */
    boolean isPresent() throws IOException {
        return exists(directory);
    }

    boolean isCancelled() throws IOException {
        return exists(cancelled());
    }

    /** Returns whether the file exists. {@link File#exists} also returns false for a file that can't be accessed. */
    private static boolean exists(File file) throws IOException {
        try {
            Files.readAttributes(file.toPath(), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Returns the supervisor’s process id; empty if the file is missing or incomplete. */
    OptionalLong supervisorId() throws IOException {
        return readNumber(pid());
    }

    /** Returns the supervisor’s identity; unknown if the file is missing or incomplete. */
    ProcessIdentity supervisorIdentity() throws IOException {
        return ProcessIdentity.parse(readText(identity()));
    }

    /** Returns the exit code; null if the file is missing or incomplete. */
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

    /** Returns the file's content without reserved space; empty if there is no file. */
    private static String readText(File file) throws IOException {
        try {
            return Files.readString(file.toPath(), StandardCharsets.ISO_8859_1).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /**
     * Prevents the start of the script. A supervisor stores its process id before it checks for this file, so one of
     * both sides sees the other.
     */
    void cancel() throws IOException {
        try {
            Files.createFile(cancelled().toPath());
        } catch (FileAlreadyExistsException e) {
            // The start was cancelled before.
        } catch (NoSuchFileException e) {
            // The start has failed, and its caller has deleted the directory.
        }
    }

    /** Returns the file with the script's exit code. It appears complete after the script has ended. */
    public File exit() {
        return new File(directory, "exit");
    }

    /** Returns the directory of the script’s secrets, which exists until the script has ended. */
    public File secrets() {
        return new File(directory, "secrets");
    }

    /** Returns the script's working directory. */
    public File work() {
        return new File(directory, "work");
    }

    /**
     * Reserves disk space for a number, which later overwrites it and is moved to its final name.
     *
     * @throws IOException if there is no space
     */
    void reserve(File file) throws IOException {
        Files.writeString(part(file), " ".repeat(MAX_NUMBER_LENGTH) + "\n");
    }

    /** Reserves disk space for the identity, which later overwrites it. */
    void reserveIdentity() throws IOException {
        Files.writeString(identity().toPath(), " ".repeat(MAX_IDENTITY_LENGTH) + "\n");
    }

    /** Writes the identity of the supervisor, either before its process id or while it runs. */
    void writeIdentity(ProcessIdentity identity) throws IOException {
        if (identity.isKnown()) {
            Files.writeString(identity().toPath(), identity.text() + "\n");
        }
    }

    private Path part(File file) {
        return new File(directory, file.getName() + ".part").toPath();
    }

    /** Writes a number atomically. */
    public void write(File file, long number) throws IOException {
        Path part = part(file);
        Files.writeString(part, number + "\n");
        Files.move(part, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    }
}
