package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Commands with {@code --queue}: done after what is at work, instead of refused. */
@WithSharedJenkins
class CliQueueTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private BusyStaging busy;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        busy = BusyStaging.create(rule, directory.resolve("scripts"));
    }

    private CLICommandInvoker.Result run(String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).invokeWithArgs(arguments);
    }

    private CompletableFuture<CLICommandInvoker.Result> start(String command, String... arguments) {
        return CompletableFuture.supplyAsync(() -> run(command, arguments));
    }

    private void awaitWaiting() throws Exception {
        TestProject.await("the request to wait", () -> WaitingRequestService.find(busy.staging()));
    }

    @Test
    void doneAfterThat() throws Exception {
        busy.held();
        CLICommandInvoker.Result refused = run("octopod-archive", "-n", "a1");
        assertEquals(4, refused.returnCode(), refused.toString());
        CLICommandInvoker.Result queued = run("octopod-archive", "-n", "a1", "--queue");
        assertEquals(0, queued.returnCode(), queued.toString());
        assertEquals("waiting\n", queued.stdout());
        assertTrue(
                queued.stderr().contains("The staging “a1” is being updated. Your request waits until that has ended."),
                queued.stderr());
        busy.release();
        TestProject.await(
                "the staging to be archived",
                () -> busy.staging().getStatus().isArchived() && !busy.staging().isBusy() ? true : null);
    }

    @Test
    void waitsThrough() throws Exception {
        StagingRun other = busy.held();
        var update = start("octopod-update", "-n", "a1", "-e", "A=1", "--queue", "--wait");
        awaitWaiting();
        busy.release();
        CLICommandInvoker.Result ended = update.get();
        assertEquals(0, ended.returnCode(), ended.toString());
        assertTrue(ended.stdout().endsWith("Finished: SUCCESS\n"), ended.stdout());
        assertEquals(other.getNumber() + 1, busy.staging().getLastBuild().getNumber());
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
    }

    @Test
    void createdAgainAfterCleanup() throws Exception {
        busy.heldCleanup();
        var create = start("octopod-create", "-n", "a1", "--queue", "--wait");
        awaitWaiting();
        busy.release();
        CLICommandInvoker.Result ended = create.get();
        assertEquals(0, ended.returnCode(), ended.toString());
        assertNotNull(busy.staging());
        assertEquals(1, busy.staging().getLastBuild().getNumber());
    }

    @Test
    void refusedWhenItsTurnComes() throws Exception {
        busy.held();
        var restore = start("octopod-restore", "-n", "a1", "--queue", "--wait");
        awaitWaiting();
        String sentence;
        busy.release();
        CLICommandInvoker.Result ended = restore.get();
        assertEquals(16, ended.returnCode(), ended.toString());
        sentence = busy.staging().waitingRequests().current().refused().sentence();
        assertTrue(ended.stderr().contains(sentence), ended.stderr());
    }

    @Test
    void calledOff() throws Exception {
        busy.held();
        var cleanup = start("octopod-archive", "-n", "a1", "--queue", "--wait");
        awaitWaiting();
        assertTrue(WaitingRequestService.cancel(busy.staging(), null));
        CLICommandInvoker.Result ended = cleanup.get();
        assertEquals(17, ended.returnCode(), ended.toString());
        assertNull(WaitingRequestService.find(busy.staging()));
        busy.release();
    }

    @Test
    void waitFindsWhatWaits() throws Exception {
        busy.held();
        assertEquals(
                0, run("octopod-update", "-n", "a1", "-e", "A=1", "--queue").returnCode());
        var wait = start("octopod-wait", "-n", "a1");
        busy.release();
        CLICommandInvoker.Result ended = wait.get();
        assertEquals(0, ended.returnCode(), ended.toString());
        StagingRun last = busy.staging().getLastBuild();
        assertEquals(3, last.getNumber(), "the request has its run");
        assertFalse(last.isBuilding());
        assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
    }
}
