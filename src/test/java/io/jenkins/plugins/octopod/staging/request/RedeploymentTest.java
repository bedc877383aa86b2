package io.jenkins.plugins.octopod.staging.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.SubmittedRequest;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A staging is deployed as in an earlier action only if it is still the same staging. */
@WithSharedJenkins
class RedeploymentTest {

    private static final String UNKNOWN = "There is no staging “a1” in project “demo”.";
    private static final String REPLACED = "The staging “a1” was removed, and a different one has its name now";

    @TempDir
    private Path directory;

    private BusyStaging busy;
    private StagingRun first;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        busy = BusyStaging.create(jenkins, directory.resolve("scripts"));
        first = busy.staging().getBuildByNumber(1);
    }

    private SubmittedRequest queued() throws Exception {
        return WaitingRequestService.submit(Redeployment.asIn(first).build(), IfBusy.WAIT);
    }

    private RefusedRequest refusal(SubmittedRequest submitted) throws Exception {
        return TestProject.await(
                "the refusal",
                () -> WaitingRequestService.refusal(busy.demo.project, BusyStaging.NAME, submitted.requestId()));
    }

    @Test
    void nothingIsCreatedAfterACleanup() throws Exception {
        busy.heldCleanup();
        SubmittedRequest submitted = queued();
        assertTrue(submitted.isWaiting());
        assertEquals(StagingAction.UPDATE, submitted.action());
        busy.release();
        assertEquals(UNKNOWN, refusal(submitted).sentence());
        assertNull(busy.staging());
    }

    @Test
    void aGoneOneIsNotDeployedAnew() throws Exception {
        StagingService.forget(busy.staging());
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> StagingService.submit(Redeployment.asIn(first).build()));
        assertEquals(Reason.UNKNOWN, refusal.getReason());
        assertEquals(UNKNOWN, refusal.getMessage());
        assertNull(busy.staging());
    }

    @Test
    void itsSuccessorIsNotChanged() throws Exception {
        StagingService.forget(busy.staging());
        Staging other = busy.demo
                .finished(busy.demo.submit(Kind.CREATE, BusyStaging.NAME, "A=1"))
                .getParent();
        RefusalException refusal = assertThrows(
                RefusalException.class,
                () -> StagingService.submit(Redeployment.asIn(first).build()));
        assertEquals(Reason.UNKNOWN, refusal.getReason());
        assertTrue(refusal.getMessage().startsWith(REPLACED), refusal.getMessage());
        assertEquals("1", other.getApplicationOverrides().asMap().get("A"));
    }

    @Test
    void removedWhileTheConfigurationIsChecked() throws Exception {
        Future<AcceptedRequest> submission = checked();
        StagingService.forget(busy.staging());
        Files.createFile(directory.resolve("go"));
        assertEquals(UNKNOWN, refusalOf(submission).getMessage());
        assertNull(busy.staging());
    }

    @Test
    void replacedWhileTheConfigurationIsChecked() throws Exception {
        Future<AcceptedRequest> submission = checked();
        StagingService.forget(busy.staging());
        busy.demo.finished(busy.demo.submit(Kind.CREATE, BusyStaging.NAME, "A=1"));
        Files.createFile(directory.resolve("go"));
        String sentence = refusalOf(submission).getMessage();
        assertTrue(sentence.startsWith(REPLACED), sentence);
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
    }

    /** Submits a redeployment whose first check of the configuration waits for the file {@code go}. */
    private Future<AcceptedRequest> checked() throws Exception {
        Path checking = directory.resolve("checking");
        new ScriptDirectory(directory.resolve("scripts"))
                .with(
                        ControlScript.CONFIG_CHECK,
                        "if [ ! -e '" + checking + "' ]; then touch '" + checking + "'; while [ ! -e '"
                                + directory.resolve("go") + "' ]; do sleep 0.1; done; fi");
        Future<AcceptedRequest> submission = Computer.threadPoolForRemoting.submit(
                () -> StagingService.submit(Redeployment.asIn(first).build()));
        TestProject.await("the check of the configuration", () -> Files.exists(checking) ? true : null);
        return submission;
    }

    private static RefusalException refusalOf(Future<AcceptedRequest> submission) {
        ExecutionException failure = assertThrows(ExecutionException.class, submission::get);
        return assertInstanceOf(RefusalException.class, failure.getCause());
    }
}
