package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** “Prepare for shutdown”: what runs comes to its end, nothing new is begun, and all goes on when that is cancelled. */
@WithSharedJenkins
class QuietDownTest {

    private static final String SENTENCE =
            "Jenkins is about to shut down and starts nothing new: try again after the restart.";

    @TempDir
    private Path directory;

    @Test
    void whatRunsEndsAndNothingNewIsBegun(JenkinsRule jenkins) throws Exception {
        HeldScripts scripts = HeldScripts.in(directory);
        TestProject demo = TestProject.withScripts(jenkins, directory);
        // One executor, so that what is accepted while it is busy waits.
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "there"));
        scripts.hold("running");
        AcceptedRequest running = demo.submit(Kind.CREATE, "running");
        demo.printing(running, "create begins");
        AcceptedRequest waiting = demo.submit(Kind.CREATE, "waiting");
        // A request, and one of a Pipeline, whose config_check is being asked when the shutdown is prepared.
        Files.writeString(
                directory.resolve("config_check"),
                "#!/bin/sh\ncd '" + directory + "'\ntouch asked-$8\nwhile test -f hold-$8; do sleep 0.1; done\n");
        assertTrue(directory.resolve("config_check").toFile().setExecutable(true));
        scripts.hold("late");
        scripts.hold("piped");
        CompletableFuture<AcceptedRequest> late = CompletableFuture.supplyAsync(() -> {
            try {
                return demo.submit(Kind.CREATE, "late");
            } catch (RefusalException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("octopodDeploy project: 'demo', name: 'piped'", true));
        WorkflowRun pipeline = job.scheduleBuild2(0).waitForStart();
        for (String name : List.of("late", "piped")) {
            TestProject.await("config_check", () -> Files.exists(directory.resolve("asked-" + name)) ? true : null);
        }

        jenkins.jenkins.doQuietDown(false, 0, null, false);
        scripts.release("late");
        ExecutionException refused = assertThrows(ExecutionException.class, late::get);
        assertEquals(SENTENCE, refused.getCause().getCause().getMessage());
        assertNull(demo.staging("late"));
        RefusalException refusal = assertThrows(RefusalException.class, () -> demo.submit(Kind.ARCHIVE, "there"));
        assertEquals(Reason.SHUTTING_DOWN, refusal.getReason());
        assertEquals(SENTENCE, refusal.getMessage());
        assertEquals(Status.Running, demo.staging("there").getStatus());
        Page page = archive(jenkins, "there");
        assertEquals(503, page.getWebResponse().getStatusCode());
        assertTrue(page.getWebResponse().getContentAsString().contains(SENTENCE));
        scripts.release("piped");
        jenkins.waitForMessage(SENTENCE + " This step waits and then submits its request again.", pipeline);
        assertNull(demo.staging("piped"));

        scripts.release("running");
        StagingRun ended = demo.finished(running);
        jenkins.assertBuildStatus(Result.SUCCESS, ended);
        assertEquals(Status.Running, demo.staging("running").getStatus());
        assertNull(TestProject.run(waiting), "what was accepted isn't begun");
        assertTrue(demo.staging("waiting").isBusy());
        assertEquals(1, Queue.getInstance().getItems().length);

        jenkins.jenkins.doCancelQuietDown();
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(waiting));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.ARCHIVE, "there")));
        assertEquals(1, scripts.calls(ControlScript.ARCHIVE, "there"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(pipeline));
        assertEquals(Status.Running, demo.staging("piped").getStatus());
    }

    private static Page archive(JenkinsRule jenkins, String name) throws Exception {
        WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        URL url = new URL(jenkins.getURL(), "job/demo/job/" + name + "/operations/archive");
        return browser.getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)));
    }
}
