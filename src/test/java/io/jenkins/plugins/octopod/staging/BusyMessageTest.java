package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What somebody is told whose request is refused while another action is pending. */
@WithSharedJenkins
class BusyMessageTest {

    @TempDir
    private Path directory;

    /** Between the refusal and its sentence, the action may end, and another one begin. */
    @Test
    void saysForWhatItWasRefusedWhateverIsGoingOnNow(JenkinsRule jenkins) throws Exception {
        BusyStaging busy = BusyStaging.create(jenkins, directory);
        String run = "The staging “a1” is being updated: wait for run #2 to end, or abort it (" + jenkins.getURL()
                + "job/demo/job/a1/2/).";
        String queue = "The staging “a1” is being updated: wait for the run that is in the queue, or cancel it ("
                + jenkins.getURL() + "job/demo/job/a1/).";
        busy.held();
        PendingAction pending = busy.staging().observedState().pending();
        assertEquals(run, BusyMessage.of(busy.staging(), pending));
        busy.release();
        busy.awaitFree();
        assertEquals(queue, BusyMessage.of(busy.staging(), pending));
        busy.heldCleanup();
        assertEquals(queue, BusyMessage.of(busy.staging(), pending), "not the run of another action");
        busy.release();
    }
}
