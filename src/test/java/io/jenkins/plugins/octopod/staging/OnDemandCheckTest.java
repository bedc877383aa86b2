package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.OnDemandCheck;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A check that somebody waits for: the status follows it where it says something of that. Nothing else checks here. */
@WithSharedJenkins
class OnDemandCheckTest {

    @TempDir
    private Path directory;

    @Test
    void theStatusFollows(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path answer = scripts.file("answer");
        Files.writeString(answer, "0");
        scripts.with(ControlScript.CHECK, "exit $(cat '" + answer + "')")
                .with(ControlScript.UPDATE, "echo updating; sleep 300");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Staging staging = demo.staging("a1");
        assertEquals(CheckResult.OK, OnDemandCheck.ask(staging));
        assertEquals(Status.Running, staging.getStatus());

        Files.writeString(answer, "2");
        assertEquals(CheckResult.PARTIAL_AVAILABILITY, OnDemandCheck.ask(staging));
        assertEquals(Status.PartialAvailability, staging.getStatus());
        assertTrue(
                String.valueOf(staging.observedState().reason()).contains("exit code 2"),
                staging.observedState().reason());

        Files.writeString(answer, "0");
        CheckState.PendingCheck sweep = staging.checks().beginCheck(StagingClock.now());
        assertNotNull(sweep);
        assertEquals(CheckResult.OK, OnDemandCheck.ask(staging));
        assertEquals(Status.PartialAvailability, staging.getStatus(), "the sweep that is asking will say so");
        staging.checks().endCheck(sweep);

        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1");
        demo.printing(update, "updating");
        ObservedState during = staging.observedState();
        Files.writeString(answer, "3");
        assertEquals(CheckResult.TAG_MISMATCH, OnDemandCheck.ask(staging));
        assertSame(during, staging.observedState(), "the run knows better");
        StagingService.abort(staging);
        assertEquals(Result.ABORTED, demo.finished(update).getResult());

        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        assertEquals(Status.Archived, staging.getStatus());
        assertEquals(CheckResult.TAG_MISMATCH, OnDemandCheck.ask(staging));
        assertEquals(Status.Archived, staging.getStatus());

        scripts.without(ControlScript.CHECK);
        RefusalException refusal = assertThrows(RefusalException.class, () -> OnDemandCheck.ask(staging));
        assertEquals(Reason.UNAVAILABLE, refusal.getReason());
        assertTrue(refusal.getMessage().contains("check"), refusal.getMessage());
    }
}
