package io.jenkins.plugins.octopod.staging.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A request that waits for its staging when Jenkins is restarted is submitted afterwards, once. */
@Tag("jenkins")
class RestartedWaitingRequestTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private byte[] file;
    private String requestId;

    private static Path waitingXml(BusyStaging busy) {
        return busy.staging().getRootDir().toPath().resolve("waiting.xml");
    }

    @Test
    void submittedOnceAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.create(jenkins, directory);
            busy.held();
            requestId = submit(busy, Kind.MERGE);
            file = Files.readAllBytes(waitingXml(busy));
            String xml = Files.readString(waitingXml(busy));
            assertTrue(xml.contains("<octopod-waiting>"), xml);
            assertFalse(xml.contains("io.jenkins"), xml);
        });
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.again(jenkins, directory);
            assertNotNull(WaitingRequestService.find(busy.staging()));
            busy.release();
            done(busy.staging());
            assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
            assertFalse(Files.exists(waitingXml(busy)));
            // As if Jenkins had been killed when the request was accepted, and the file didn’t say so yet.
            Files.write(waitingXml(busy), file);
        });
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.again(jenkins, directory);
            TestProject.await("the file to go", () -> Files.exists(waitingXml(busy)) ? null : true);
            assertFalse(busy.staging().isBusy());
            assertEquals(3, busy.staging().getBuilds().size());
        });
    }

    /** The request is being submitted, which takes a while, when Jenkins stops. */
    @Test
    void whatWaitedForACleanupIsSubmittedOnceAfterARestart() throws Throwable {
        Path go = directory.resolve("go");
        Path asked = directory.resolve("asked");
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.create(jenkins, directory);
            busy.heldCleanup();
            requestId = submit(busy, Kind.CREATE);
            Path script = directory.resolve(ControlScript.CONFIG_CHECK.fileName());
            Files.writeString(
                    script, "#!/bin/sh\ntouch '" + asked + "'; while [ ! -e '" + go + "' ]; do sleep 0.1; done\n");
            assertTrue(script.toFile().setExecutable(true));
            busy.release();
            TestProject.await("config_check", () -> Files.exists(asked) ? true : null);
            assertNull(busy.staging());
            file = Files.readAllBytes(kept(busy));
        });
        Files.createFile(go);
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.again(jenkins, directory);
            TestProject.await("the staging", busy::staging);
            done(busy.staging());
            assertEquals("1", busy.staging().getApplicationOverrides().asMap().get("A"));
            assertEquals(Status.Running, busy.staging().getStatus());
            TestProject.await("the file to go", () -> Files.exists(kept(busy)) ? null : true);
            // As if Jenkins had been killed when the request was accepted, and the file was still there.
            Files.write(kept(busy), file);
        });
        sessions.then(jenkins -> {
            BusyStaging busy = BusyStaging.again(jenkins, directory);
            TestProject.await("the file to go", () -> Files.exists(kept(busy)) ? null : true);
            assertFalse(busy.staging().isBusy());
            assertEquals(1, busy.staging().getBuilds().size());
        });
    }

    /** Returns the id of a request that waits. */
    private static String submit(BusyStaging busy, Kind kind) throws Exception {
        return WaitingRequestService.submit(
                        StagingRequest.builder(busy.demo.project, BusyStaging.NAME, kind)
                                .application(Overrides.parse("A=1"))
                                .build(),
                        IfBusy.WAIT)
                .requestId();
    }

    private static Path kept(BusyStaging busy) {
        return busy.demo.project.getRootDir().toPath().resolve("waiting-requests/" + BusyStaging.NAME + ".xml");
    }

    private void done(Staging staging) throws Exception {
        TestProject.await(
                "the request to be done",
                () -> RunLookup.run(staging, requestId) == null || staging.isBusy() ? null : true);
    }
}
