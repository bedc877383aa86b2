package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.scripts.durable.OrphanedSecretsCleanup;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secret files that an agent can't remove when it connects. */
class UndeletableSecretsTest {

    /** However the system orders them, some come after the one that can't be removed. */
    private static final int MANY = 20;

    @TempDir
    private Path directory;

    @Test
    void allOthersAreRemoved() throws Exception {
        Path scripts = directory.resolve(SecretFilesDirectory.DIRECTORIES);
        for (int i = 0; i < MANY; i++) {
            Files.createDirectories(scripts.resolve(SecretFilesDirectory.ASKED + i));
        }
        String undeletable = SecretFilesDirectory.ASKED + MANY / 2;
        try (FullDisk mounted = FullDisk.mount(scripts.resolve(undeletable).resolve("mounted"))) {
            assertTrue(Files.isDirectory(mounted.directory()));
            new OrphanedSecretsCleanup().preOnline(null, null, new FilePath(directory.toFile()), TaskListener.NULL);
            assertEquals(List.of(undeletable), TestProject.files(scripts));
        }
    }
}
