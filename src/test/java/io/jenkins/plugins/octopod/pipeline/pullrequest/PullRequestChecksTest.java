package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import hudson.model.Result;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.pipeline.pullrequest.RecordedChecks.Recorded;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.TestExtension;

/** What {@code octopodDeploy} publishes in a pull request. */
@WithSharedJenkins
class PullRequestChecksTest extends PullRequestScene {

    /** The platform of this test. */
    @TestExtension
    public static final class Platform extends RecordedChecks {}

    @Test
    void fromTheQueueToTheArchiveAndBack() throws Exception {
        scripts.with(ControlScript.CREATE, hold() + "touch '" + scripts.file("state") + "'");
        Computer agent = jenkins.jenkins.getComputer("agent");
        agent.setTemporarilyOffline(true, null);
        WorkflowRun build = job(deploy).scheduleBuild2(0).waitForStart();
        Recorded queued = checks.await(name, ChecksStatus.QUEUED);
        assertEquals(build.getExternalizableId(), queued.build());
        assertEquals("The deployment waits in the queue", queued.title());
        assertEquals(open(), queued.url());
        agent.setTemporarilyOffline(false, null);

        Recorded inProgress = checks.await(name, ChecksStatus.IN_PROGRESS);
        assertEquals("The staging is being deployed", inProgress.title());
        assertEquals(open(), inProgress.url());
        assertTrue(inProgress.details().getStartedAt().isPresent());
        release();

        Recorded running = checks.await(name, ChecksConclusion.SUCCESS);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertEquals("The staging is running", running.title());
        assertEquals(
                "- [app](" + open() + "app/)\n- [\\<b\\>api\\</b\\>](" + open() + "?link=%3Cb%3Eapi%3C%2Fb%3E)",
                running.summary());
        assertEquals("", running.text());
        assertEquals(open(), running.url());
        assertTrue(running.details().getCompletedAt().isPresent());

        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        Recorded archived = checks.await(name, ChecksConclusion.NEUTRAL);
        assertEquals("The staging is archived", archived.title());
        assertEquals("Its data is kept. [Open the staging](" + open() + ") to restore it.", archived.summary());
        assertEquals(build.getExternalizableId(), archived.build());

        demo.finished(demo.submit(Kind.RESTORE, staging));
        checks.await(name, ChecksConclusion.SUCCESS);
        assertEquals(List.of("QUEUED", "IN_PROGRESS", "SUCCESS", "NEUTRAL", "SUCCESS"), checks.states(name));
        for (Recorded each : checks.of(name)) {
            assertTrue(each.system(), each.toString());
            assertTrue(each.thread().startsWith("Octopod checks in pull requests"), each.thread());
        }
    }

    @Test
    void failureHasItsReasonAndTheEndOfTheLog() throws Exception {
        scripts.with(
                ControlScript.CREATE,
                "for i in $(seq 100); do echo \"step $i\"; done\necho 'no `disk` left' >&2; exit 3");
        jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        Recorded failed = checks.await(name, ChecksConclusion.FAILURE);
        assertEquals("The deployment has failed", failed.title());
        assertTrue(failed.summary().contains("no \\`disk\\` left"), failed.summary());
        assertTrue(failed.text().startsWith("```\n"), failed.text());
        assertTrue(failed.text().contains("step 100\n[stderr] no `disk` left\n"), failed.text());
        assertFalse(failed.text().contains("step 50\n"), failed.text());
        assertEquals(LogTail.MAX_LINES + 2, failed.text().lines().count());

        // A neutral check would let the pull request be merged.
        scripts.with(ControlScript.ARCHIVE_CHECK, "exit 0");
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        demo.project.setPullRequestChecks(PullRequestChecks.WITHOUT_LOG);
        jenkins.buildAndAssertStatus(
                Result.FAILURE, job("octopodDeploy project: 'demo', name: '" + staging + "b', appOverrides: [A: 1]"));
        Recorded withoutLog = checks.await(name + "b", ChecksConclusion.FAILURE);
        assertEquals("", withoutLog.text());
        assertTrue(withoutLog.summary().contains("no \\`disk\\` left"), withoutLog.summary());
        assertEquals(
                ChecksConclusion.FAILURE.name(),
                checks.await(name, ChecksConclusion.FAILURE).state());
    }

    @Test
    void projectOrStepPublishesNone() throws Exception {
        jenkins.buildAndAssertSuccess(job(deploy + ", publishChecks: false"));
        demo.project.setPullRequestChecks(PullRequestChecks.NONE);
        jenkins.buildAndAssertSuccess(job(deploy));
        scripts.with(ControlScript.CONFIG_CHECK, "exit 1");
        jenkins.buildAndAssertStatus(Result.FAILURE, job(deploy));
        scripts.with(ControlScript.CONFIG_CHECK, "exit 0");
        demo.project.setPullRequestChecks(PullRequestChecks.WITH_LOG);
        jenkins.buildAndAssertSuccess(job("octopodArchive project: 'demo', name: '" + staging + "'"));
        jenkins.buildAndAssertSuccess(job("octopodRestore project: 'demo', name: '" + staging + "'"));
        // The checks of a staging are published in order.
        jenkins.buildAndAssertSuccess(job(deploy));
        Recorded only = checks.await(name, ChecksConclusion.SUCCESS);
        assertTrue(checks.of(name).stream().allMatch(check -> check.build().equals(only.build())));
    }

    @Test
    void projectThatPublishesNoMoreEndsWhatIsOpen() throws Exception {
        scripts.with(ControlScript.CREATE, hold() + "touch '" + scripts.file("state") + "'");
        WorkflowRun build = job(deploy).scheduleBuild2(0).waitForStart();
        checks.await(name, ChecksStatus.IN_PROGRESS);
        demo.project.setPullRequestChecks(PullRequestChecks.NONE);
        release();
        checks.await(name, ChecksConclusion.SUCCESS);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        Path stored = demo.staging(staging).getRootDir().toPath().resolve("pull-request-checks.xml");
        TestProject.await("the check to be forgotten", () -> Files.exists(stored) ? null : true);
        checks.await(name, ChecksConclusion.SUCCESS);
    }

    @Test
    void stepThatDoesNotWaitGetsTheEndToo() throws Exception {
        scripts.with(ControlScript.CREATE, hold() + "touch '" + scripts.file("state") + "'");
        jenkins.buildAndAssertSuccess(job(deploy + ", wait: false"));
        checks.await(name, ChecksStatus.IN_PROGRESS);
        release();
        checks.await(name, ChecksConclusion.SUCCESS);
    }

    @Test
    void abortedDeployment() throws Exception {
        scripts.with(ControlScript.CREATE, "echo begun; sleep 600");
        WorkflowRun build = job(deploy).scheduleBuild2(0).waitForStart();
        checks.await(name, ChecksStatus.IN_PROGRESS);
        jenkins.waitForMessage("begun", build);
        build.getExecutor().interrupt(Result.ABORTED);
        Recorded canceled = checks.await(name, ChecksConclusion.CANCELED);
        assertEquals("The deployment was canceled", canceled.title());
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
    }

    @Test
    void onlyTheNewestDeploymentFollowsTheStaging() throws Exception {
        WorkflowRun older = jenkins.buildAndAssertSuccess(job(deploy));
        WorkflowRun newer = jenkins.buildAndAssertSuccess(job(deploy + ", appOverrides: [A: 1]"));
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        assertEquals(
                newer.getExternalizableId(),
                checks.await(name, ChecksConclusion.NEUTRAL).build());
        List<String> ofOlder = checks.of(name).stream()
                .filter(check -> check.build().equals(older.getExternalizableId()))
                .map(Recorded::state)
                .toList();
        assertEquals("SUCCESS", ofOlder.get(ofOlder.size() - 1));
        demo.staging(staging).delete();
    }

    @Test
    void deletedStaging() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job(deploy));
        checks.await(name, ChecksConclusion.SUCCESS);
        demo.staging(staging).delete();
        Recorded deleted = checks.await(name, ChecksConclusion.NEUTRAL);
        assertEquals("The staging was deleted", deleted.title());
        assertEquals(jenkins.jenkins.getRootUrl() + build.getUrl(), deleted.url());
    }

    @Test
    void publishingIsTriedAgain() throws Exception {
        checks.refused = details -> checks.refusals < 2;
        jenkins.buildAndAssertSuccess(job(deploy));
        checks.await(name, ChecksConclusion.SUCCESS);
        assertEquals(2, checks.refusals);
    }

    @Test
    void buildIsGone() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(job(deploy));
        checks.await(name, ChecksConclusion.SUCCESS);
        build.delete();
        demo.finished(demo.submit(Kind.ARCHIVE, staging));
        Path stored = demo.staging(staging).getRootDir().toPath().resolve("pull-request-checks.xml");
        TestProject.await("the check to be forgotten", () -> Files.exists(stored) ? null : true);
        assertEquals("SUCCESS", checks.await(name, ChecksConclusion.SUCCESS).state());
    }

    @Test
    void pausesGrowAlthoughADifferentCheckIsPublished() throws Exception {
        List<Long> refusedAt = new CopyOnWriteArrayList<>();
        checks.refused = details -> {
            refusedAt.add(System.nanoTime());
            return true;
        };
        WorkflowRun refused = jenkins.buildAndAssertSuccess(job(deploy));
        checks.refusedBuild = refused.getExternalizableId();
        jenkins.buildAndAssertSuccess(job(deploy + ", appOverrides: [A: 1]"));
        checks.await(name, ChecksConclusion.SUCCESS);
        refusedAt.clear();
        TestProject.await("three refusals", () -> refusedAt.size() < 3 ? null : true);
        // The pauses are at least 2 and 4 seconds, or longer.
        assertTrue(refusedAt.get(2) - refusedAt.get(0) > TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void publisherThatHangsDelaysNoRun() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        checks.refused = details -> {
            await(answers);
            return false;
        };
        try {
            jenkins.buildAndAssertSuccess(job(deploy));
            demo.finished(demo.submit(Kind.ARCHIVE, staging));
            assertEquals(List.of(), checks.states(name));
        } finally {
            answers.countDown();
        }
        checks.await(name, ChecksConclusion.NEUTRAL);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void followsTheStagingAfterJenkinsHasReadItsConfigurationAgain() throws Exception {
        jenkins.buildAndAssertSuccess(job(deploy));
        checks.await(name, ChecksConclusion.SUCCESS);
        jenkins.jenkins.reload();
        TestProject again = TestProject.again(jenkins);
        again.connectAgent("agent");
        again.finished(again.submit(Kind.ARCHIVE, staging));
        checks.await(name, ChecksConclusion.NEUTRAL);
    }
}
