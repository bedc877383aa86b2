package io.jenkins.plugins.octopod.staging.support;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a deletion takes for missing. */
class DeletedFilesTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryThatIsMissingIsDeleted() throws Exception {
        DeletedFiles.delete(directory, directory.resolve("staging"));
    }

    /** A loop of links stands for a file system that doesn't answer. */
    @Test
    void aDirectoryThatCannotBeLookedAtIsNotDeleted() throws Exception {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        Path staging = loop.resolve("staging");
        assertFalse(Files.exists(staging));
        assertThrows(IOException.class, () -> DeletedFiles.delete(directory, staging));
    }
}
