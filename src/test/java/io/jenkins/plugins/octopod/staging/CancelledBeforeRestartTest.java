package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a request has changed is restored also after a restart. */
@Tag("jenkins")
class CancelledBeforeRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** As after a kill between the first file of a cancellation and the second. */
    @Test
    void aCancellationThatIsStoredInPartIsCompleted() throws Throwable {
        submitFromAJob();
        replace("</pending>", "<cancellation>It was cancelled.</cancellation></pending>");
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
            assertEquals("It was cancelled.", staging.observedState().reason());
            assertEquals(Overrides.NONE, staging.getApplicationOverrides());
            assertNull(staging.lifetime().deployedBy());
            jenkins.waitUntilNoActivity();
            assertEquals(1, staging.getBuilds().size());
        });
    }

    @Test
    void theStateBeforeIsKnownAfterARestart() throws Throwable {
        submitFromAJob();
        sessions.then(jenkins -> {
            Staging staging = cancel(jenkins);
            assertEquals(Overrides.NONE, staging.getApplicationOverrides());
            assertNull(staging.lifetime().deployedBy());
        });
    }

    /** A version before this one stored the overrides alone. */
    @Test
    void aRequestOfAnOlderVersionRestoresItsOverrides() throws Throwable {
        submitFromAJob();
        replace("(?s)<stateBefore>.*</stateBefore>", "");
        sessions.then(jenkins -> {
            Staging staging = cancel(jenkins);
            assertEquals(Overrides.NONE, staging.getApplicationOverrides());
            assertEquals("other", staging.lifetime().deployedBy());
        });
    }

    private void submitFromAJob() throws Throwable {
        sessions.then(jenkins -> {
            TestProject demo =
                    TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
            demo.connectAgent("agent");
            demo.finished(demo.submit(Kind.CREATE, "a1"));
            Run<?, ?> build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("other"));
            demo.jenkins.jenkins.getComputer("agent").setTemporarilyOffline(true, null);
            StagingService.submit(StagingRequest.builder(demo.project, "a1", Kind.UPDATE)
                    .application(Overrides.parse("A=1"))
                    .cause(new Cause.UpstreamCause(build))
                    .build());
            assertEquals("other", demo.staging("a1").lifetime().deployedBy());
        });
    }

    private void replace(String pattern, String replacement) throws Exception {
        Path file = sessions.getHome().toPath().resolve("jobs/demo/jobs/a1/observed.xml");
        String stored = Files.readString(file);
        String other = stored.replaceFirst(pattern, replacement);
        assertFalse(other.equals(stored), stored);
        Files.writeString(file, other);
    }

    private static Staging cancel(JenkinsRule jenkins) throws Exception {
        Staging staging = TestProject.again(jenkins).staging("a1");
        TestProject.await("its item", () -> Jenkins.get().getQueue().getItem(staging));
        assertTrue(staging.isBusy());
        StagingService.abort(staging);
        assertFalse(staging.isBusy());
        return staging;
    }
}
