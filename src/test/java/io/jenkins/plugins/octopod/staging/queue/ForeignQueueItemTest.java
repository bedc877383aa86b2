package io.jenkins.plugins.octopod.staging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Tests queue items of a staging that do not come from an accepted request, as those of the step {@code build}. */
@WithSharedJenkins
class ForeignQueueItemTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private DumbSlave agent;
    private JenkinsRule jenkins;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        agent = demo.connectAgent("agent");
    }

    private static boolean schedule(Staging staging) {
        return Queue.getInstance().schedule2(staging, 0, List.of()).isAccepted();
    }

    @Test
    void isRefusedWhileTheStagingIsIdle() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Staging staging = demo.staging("a1");
        agent.toComputer().setTemporarilyOffline(true, null);
        assertFalse(schedule(staging));
        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1", "A=1");
        assertFalse(schedule(staging), "the accepted request waits");
        agent.toComputer().setTemporarilyOffline(false, null);
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(update));
        assertFalse(staging.isBusy());
        assertEquals(2, staging.getBuilds().size());
    }

    @Test
    void isRefusedWhileARunHasAnExecutor() throws Exception {
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo before; while ! test -e '" + go + "'; do sleep 0.1; done; touch '" + scripts.file("state") + "'");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        assertFalse(schedule(demo.staging("a1")));
        assertFalse(run.isAbortRequested());
        Files.createFile(go);
        assertEquals(run, demo.finished(create));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals(1, demo.staging("a1").getBuilds().size());
        assertTrue(Queue.getInstance().getItems(demo.staging("a1")).isEmpty());
    }
}
