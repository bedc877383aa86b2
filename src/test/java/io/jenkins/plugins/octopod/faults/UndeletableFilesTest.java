package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.ActionQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** Tests a cleanup whose files can't be deleted at once. A mounted directory stands for a file that another process has open. */
@WithSharedJenkins
class UndeletableFilesTest {

    @TempDir
    private Path directory;

    @Test
    void theStagingIsDeletedOnceItsFilesCanBe(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        Staging staging = demo.staging("a1");
        Path mounted = staging.getRootDir().toPath().resolve("builds/1/mounted");
        try (FullDisk disk = FullDisk.mount(mounted)) {
            assertTrue(Files.isDirectory(disk.directory()));
            LogRecorder log =
                    new LogRecorder().record(ActionQueue.class, Level.WARNING).capture(10);
            demo.finished(demo.submit(Kind.CLEANUP, "a1"));
            TestProject.await(
                    "the first try to fail",
                    () -> log.getMessages().stream().anyMatch(message -> message.contains("is cleaned up, but"))
                            ? true
                            : null);
            assertTrue(Files.exists(mounted));
        }
        TestProject.await("the staging to be gone", () -> demo.project.getItem("a1") == null ? true : null);
        assertFalse(Files.exists(staging.getRootDir().toPath()));
    }
}
