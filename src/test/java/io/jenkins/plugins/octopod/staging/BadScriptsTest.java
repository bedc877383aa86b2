package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Scripts that break the contract: each gets a sentence, and no staging is lost, stuck or shown as it isn’t. */
@WithSharedJenkins
class BadScriptsTest extends AbstractScriptsTest {

    @Test
    void missing() throws Exception {
        scripts.without(ControlScript.ARCHIVE).without(ControlScript.CLEANUP);
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertEquals(RefusalException.Reason.UNAVAILABLE, refusal.getReason());
        assertTrue(refusal.getMessage().contains("“archive, cleanup” are missing"), refusal.getMessage());
        assertNull(demo.staging("a1"), "nothing is stored");
        assertEquals(0, demo.queue().length, "nothing is queued");
    }

    @Test
    void notExecutable() throws Exception {
        assertTrue(scripts.path(ControlScript.CHECK).toFile().setExecutable(false));
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertTrue(refusal.getMessage().contains("check” on agent “agent” isn’t executable"), refusal.getMessage());
    }

    @Test
    void becameUnusableAfterwards() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.without(ControlScript.ARCHIVE_CHECK);
        StagingRun run = demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("“archive_check” are missing", run);
        assertEquals(Status.Running, demo.staging("a1").getStatus(), "nothing has changed");
        assertTrue(Files.exists(scripts.file("state")), "archive wasn't run");

        scripts.with(ControlScript.ARCHIVE_CHECK, "test ! -f '" + scripts.file("state") + "'");
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "a1")));
        assertEquals(Status.Archived, demo.staging("a1").getStatus());
    }

    @Test
    void unknownInterpreter() throws Exception {
        Files.writeString(scripts.path(ControlScript.CREATE), "#!/no/such/interpreter\n");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertLogContains("“create” couldn’t be run (exit code 127)", run);
        assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
    }

    @Test
    void configCheckSaysNo() throws Exception {
        scripts.with(ControlScript.CONFIG_CHECK, "echo 'COLOR must be a color.'; exit 1");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertEquals(RefusalException.Reason.CONFIG_CHECK, refusal.getReason());
        assertEquals("COLOR must be a color.", refusal.getMessage());
        assertNull(demo.staging("a1"));
    }

    @Test
    void failing() throws Exception {
        scripts.with(ControlScript.CREATE, "echo 'no such chart' >&2; exit 3");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(3, run.getExitCode());
        jenkins.assertLogContains("[stderr] no such chart", run);
        assertEquals("“create” ended with exit code 3: no such chart", run.getReason());
        Staging staging = demo.staging("a1");
        assertEquals(Status.GenericFailure, staging.getStatus());
        assertEquals(run.getReason(), staging.observedState().reason());
        assertFalse(staging.isBusy());
    }

    @Test
    void failingUpdateLeavesTheOldOneRunning() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.UPDATE, "exit 3");
        StagingRun run = demo.finished(demo.submit(Kind.UPDATE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.Running, demo.staging("a1").getStatus(), "check says that it is running");
    }

    @Test
    void checkNeverSaysYes() throws Exception {
        demo.project.setStatusTimeout(1);
        scripts.with(ControlScript.CHECK, "echo 'only 1 of 2 pods is ready' >&2; exit 2");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.PartialAvailability, demo.staging("a1").getStatus());
        assertEquals(
                "Staging a1 isn’t running after 1 seconds: “check” ended with exit code 2: only 1 of 2 pods is ready",
                run.getReason());
    }

    @Test
    void archiveCheckNeverSaysYes() throws Exception {
        demo.project.setStatusTimeout(1);
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.ARCHIVE, "exit 0");
        StagingRun run = demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.ArchivePending, demo.staging("a1").getStatus());
        assertFalse(demo.staging("a1").isBusy(), "it can be archived again");
    }

    @Test
    void hanging() throws Exception {
        demo.project.setScriptTimeout(1);
        Path pid = scripts.file("pid");
        scripts.with(ControlScript.CREATE, "sleep 600 & echo $! > '" + pid + "'; trap '' TERM; wait; wait; sleep 600");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertLogContains("“create” didn’t end within 1 seconds", run);
        assertNull(run.getExitCode());
        assertEquals(Status.GenericFailure, demo.staging("a1").getStatus());
        long child = Long.parseLong(Files.readString(pid).trim());
        assertFalse(Processes.isRunning(child), "what it had started is killed");
    }

    @Test
    void childKeepsStdoutOpen() throws Exception {
        Path pid = scripts.file("pid");
        scripts.with(
                ControlScript.CREATE,
                "touch '" + scripts.file("state") + "'; sleep 600 & echo $! > '" + pid + "'; echo started");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        long child = Long.parseLong(Files.readString(pid).trim());
        assertTrue(Processes.isRunning(child), "what a script that succeeded has left running runs on");
        assertTrue(ProcessHandle.of(child).orElseThrow().destroyForcibly());
    }

    @Test
    void printsALot() throws Exception {
        long lines = 2_000_000;
        String line = "0123456789012345678901234567890123456789012345678";
        scripts.with(
                ControlScript.CREATE,
                "touch '" + scripts.file("state") + "'; yes " + line + " | head -n " + lines + "; echo end >&2");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        AtomicLong bytes = new AtomicLong();
        RunLogReader.of(run).copyTo(LogStream.STDOUT, new OutputStream() {
            @Override
            public void write(int b) {
                bytes.incrementAndGet();
            }
        });
        assertEquals(lines * (line.length() + 1), bytes.get());
        assertEquals("end\n", recorded(run, LogStream.STDERR));
    }

    @Test
    void printsWhatIsNoUtf8() throws Exception {
        scripts.with(
                ControlScript.CREATE,
                "touch '" + scripts.file("state") + "'; printf 'caf\\351 \\303'; sleep 0.3; printf '\\251 ok\\n'");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals("caf\uFFFD é ok\n", recorded(run, LogStream.STDOUT));
        jenkins.assertLogContains("“create” printed bytes that are not valid UTF-8", run);
    }

    @Test
    void infoIsNoCsv() throws Exception {
        scripts.with(ControlScript.INFO, "echo 'one,two,three'");
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("What “info” printed has 3 columns where two are expected", run);
        assertEquals(Status.Running, demo.staging("a1").getStatus());
    }

    @Test
    void defaultsAreNoCsv() throws Exception {
        scripts.with(ControlScript.DEPLOYMENT_CONFIG, "printf '\"open\\n'");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertTrue(refusal.getMessage().contains("deployment_config"), refusal.getMessage());
    }

    @Test
    void initFails() throws Exception {
        scripts.with(ControlScript.INIT, "echo 'no cluster here' >&2; exit 1");
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.CREATE, "a1"));
        assertEquals("“init” ended with exit code 1: no cluster here", refusal.getMessage());
        scripts.with(ControlScript.INIT, "echo x >> '" + scripts.file("inits") + "'");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.UPDATE, "a1"));
        assertEquals("x\n", Files.readString(scripts.file("inits")), "once per connection");
    }

    @Test
    void cleanupFailsAndIsTriedAgain() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        scripts.with(ControlScript.CLEANUP, "exit 1");
        StagingRun run = demo.finished(demo.submit(Kind.CLEANUP, "a1"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(Status.CleanupFailed, demo.staging("a1").getStatus());
        scripts.with(ControlScript.CLEANUP, "exit 0");
        demo.submit(Kind.CLEANUP, "a1");
        TestProject.await("the staging to be gone", () -> demo.staging("a1") == null ? true : null);
    }

    private static String recorded(StagingRun run, LogStream stream) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunLogReader.of(run).copyTo(stream, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
