package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Linux' information about processes in {@code /proc}. Each method distinguishes a process that has ended from a system
 * that can't be read, for example because this JVM has too many open files. The latter is an {@link IOException}.
 */
final class ProcFilesystem {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");

    private static final byte[] NOTHING = {};

    private ProcFilesystem() {}

    /** Returns whether this system has {@code /proc}. */
    static boolean isPresent() {
        return Files.exists(PROC.resolve("self"));
    }

    /** Returns the kernel's id of the current boot; empty if the system hides it. */
    static String bootId() {
        try {
            return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim();
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the ids of all processes. */
    static List<Long> processIds() throws IOException {
        List<Long> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                ids.add(Long.valueOf(PROC.relativize(entry).toString()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    /** Returns the state of a process; empty if the process doesn't exist. */
    static Optional<ProcessStat> stat(long pid) throws IOException {
        byte[] line = read(pid, "stat");
        return line.length == 0
                ? Optional.empty()
                : Optional.of(ProcessStat.parse(new String(line, StandardCharsets.ISO_8859_1)));
    }

    /** Returns the environment of a process; empty if it has ended, or belongs to another user. */
    static byte[] environment(long pid) throws IOException {
        return read(pid, "environ");
    }

    /** Returns whether the environment of a process is readable. */
    static boolean isEnvironmentReadable(long pid) {
        return Files.isReadable(PROC.resolve(pid + "/environ"));
    }

    /** Reads a file of a process. Returns nothing if the process has ended, or is a kernel thread. */
    private static byte[] read(long pid, String name) throws IOException {
        try {
            return Files.readAllBytes(PROC.resolve(pid + "/" + name));
        } catch (NoSuchFileException | AccessDeniedException e) {
            return NOTHING;
        } catch (IOException e) {
            requireReadable(e);
            return NOTHING;
        }
    }

    private static void requireReadable(IOException failure) throws IOException {
        try {
            Files.readAllBytes(PROC.resolve("self/stat"));
        } catch (IOException e) {
            throw failure;
        }
    }
}
