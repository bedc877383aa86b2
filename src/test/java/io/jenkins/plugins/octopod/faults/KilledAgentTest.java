package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** An agent’s process that is killed in the middle of a sweep’s batch and of two runs. */
@WithSharedJenkins
class KilledAgentTest {

    @TempDir
    private Path directory;

    @Test
    void statusesAreStaleAndNotWrongAndRunsGoOn(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory.resolve("scripts"));
        DumbSlave agent =
                new DumbSlave("agent", directory.resolve("agent").toString(), jenkins.createComputerLauncher(null));
        agent.setNumExecutors(2);
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, agent);
        swept.create("asked", "answered", "updated", "lost");
        Path go = swept.scripts.file("go");
        swept.scripts.with(
                ControlScript.UPDATE,
                "echo \"$PPID\" >'" + directory + "'/pid-$8; echo before\nwhile ! test -f '" + go
                        + "'; do sleep 0.1; done; echo after");
        AcceptedRequest update = swept.demo.submit(Kind.UPDATE, "updated");
        AcceptedRequest lost = swept.demo.submit(Kind.UPDATE, "lost");
        StagingRun run = swept.demo.printing(update, "before");
        StagingRun lostRun = swept.demo.printing(lost, "before");
        swept.clock.catchUp();
        swept.tell(
                ControlScript.CHECK, "asked", "touch here; while ! test -f '" + go + "'; do sleep 0.1; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(swept.scripts.file("here")));
        swept.tickUntil(
                "the other answer",
                () -> swept.staging("answered").lastChecked().equals(swept.clock.instant()));

        SweptProject.kill(agent);
        swept.tickUntil("the status to be stale", swept.staging("asked")::isStale);
        jenkins.waitForMessage("The connection to agent “agent” was lost", run);
        assertEquals(Status.Running, swept.staging("asked").getStatus());
        assertFalse(swept.staging("answered").isStale());
        for (StagingRun each : new StagingRun[] {run, lostRun}) {
            assertTrue(each.isBuilding());
            assertEquals(Status.UpdatePending, each.getParent().getStatus());
            assertFalse(each.getParent().isStale(), "its run sees to it");
        }
        // As when the machine of the agent is gone as well: one of the scripts is no more, nor who waited for it.
        for (String end : new String[] {"STOP", "KILL"}) {
            long supervisor = Long.parseLong(
                    Files.readString(directory.resolve("pid-lost")).trim());
            for (ProcessHandle process : ProcessHandle.of(supervisor).stream()
                    .flatMap(it -> java.util.stream.Stream.concat(java.util.stream.Stream.of(it), it.descendants()))
                    .toList()) {
                SweptProject.signal(end, process);
            }
        }

        Files.createFile(go);
        swept.tell(ControlScript.CHECK, "asked", "exit 0");
        SweptProject.reconnect(agent);
        swept.finished(update);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("Agent “agent” is connected again.", run);
        String log = JenkinsRule.getLog(run);
        assertEquals(1, log.lines().filter("before"::equals).count(), log);
        assertEquals(1, log.lines().filter("after"::equals).count(), log);
        swept.finished(lost);
        jenkins.assertBuildStatus(Result.FAILURE, lostRun);
        assertEquals(
                "“update” ended without an exit code: it was killed from outside, or its "
                        + "agent’s machine was restarted.",
                lostRun.getReason());
        assertNull(lostRun.getExitCode());
        assertEquals(Status.Running, swept.staging("lost").getStatus(), "as check says");
        swept.tickUntil("the truth", () -> !swept.staging("asked").isStale());
        assertEquals(Status.Running, swept.staging("asked").getStatus());
        assertEquals(Status.Running, swept.staging("updated").getStatus());
    }
}
