package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Tests a restart after a cleanup whose files can't be deleted: nothing is left for ever, and nothing comes back. */
@Tag("jenkins")
class UndeletableFilesRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void whatWasMovedIsDeletedAfterTheStart() throws Throwable {
        HeldScripts scripts = HeldScripts.in(directory.resolve("scripts"));
        Path moved = sessions.getHome().toPath().resolve("jobs/demo/deleted-stagings");
        Path[] mounted = new Path[1];
        try {
            sessions.then(jenkins -> {
                TestProject demo = TestProject.withScripts(jenkins, scripts.directory());
                demo.connectAgent("agent");
                archive(demo);
                mounted[0] = FullDisk.mount(
                                demo.staging("a1").getRootDir().toPath().resolve("builds/1/mounted"))
                        .directory();
                demo.submit(Kind.CLEANUP, "a1");
                TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
                mounted[0] = moved.resolve(TestProject.files(moved).get(0)).resolve("builds/1/mounted");
            });
            assertEquals(1, TestProject.files(moved).size());
            sessions.then(jenkins -> {
                TestProject demo = TestProject.again(jenkins);
                assertNull(demo.staging("a1"));
                StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
                assertEquals(1, run.getNumber());
                new FullDisk(mounted[0]).close();
                TestProject.await(
                        "the files to be deleted",
                        () -> TestProject.files(moved).isEmpty() ? true : null);
                assertNotNull(demo.staging("a1"));
            });
        } finally {
            unmount(mounted[0]);
        }
    }

    @Test
    void whatCouldNotBeMovedIsStillThereAndIsDeletedWithoutAnotherCleanup() throws Throwable {
        HeldScripts scripts = HeldScripts.in(directory.resolve("scripts"));
        Path moved = sessions.getHome().toPath().resolve("jobs/demo/deleted-stagings");
        Path files = sessions.getHome().toPath().resolve("jobs/demo/jobs/a1");
        Path mounted = files.resolve("builds/1/mounted");
        try {
            sessions.then(jenkins -> {
                TestProject demo = TestProject.withScripts(jenkins, scripts.directory());
                demo.connectAgent("agent");
                archive(demo);
                FullDisk.mount(moved);
                FullDisk.mount(mounted);
                demo.submit(Kind.CLEANUP, "a1");
                TestProject.await("a try to fail", () -> demo.staging("a1").undeletableSentence());
            });
            assertTrue(Files.exists(files.resolve("config.xml")));
            sessions.then(jenkins -> {
                TestProject demo = TestProject.again(jenkins);
                assertNotNull(demo.staging("a1"));
                TestProject.await("a try to fail", () -> demo.staging("a1").undeletableSentence());
                new FullDisk(mounted).close();
                TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
                assertFalse(Files.exists(files));
                assertEquals(1, scripts.calls(ControlScript.CLEANUP, "a1"));
            });
        } finally {
            unmount(mounted);
            unmount(moved);
        }
    }

    private static void archive(TestProject demo) throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
    }

    private static void unmount(Path mounted) throws Exception {
        if (mounted != null && type(mounted).equals("tmpfs")) {
            new FullDisk(mounted).close();
        }
    }

    private static String type(Path path) throws Exception {
        return Files.exists(path) ? Files.getFileStore(path).type() : "";
    }
}
