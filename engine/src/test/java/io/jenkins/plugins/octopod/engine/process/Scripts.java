package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes shell scripts for tests. */
public final class Scripts {

    private Scripts() {}

    /** An executable POSIX shell script of the given lines. */
    public static Path write(Path directory, String name, String... lines) {
        return writeExact(directory, name, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    }

    /** An executable file of exactly the given text. */
    public static Path writeExact(Path directory, String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
