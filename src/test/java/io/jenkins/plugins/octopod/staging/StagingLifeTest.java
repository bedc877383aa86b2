package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** One staging's whole life, with the demo scripts on a real agent. */
@WithSharedJenkins
class StagingLifeTest {

    @TempDir
    private Path demoHome;

    @Test
    void wholeLife(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);

        StagingRun created = demo.finished(demo.submitTag(Kind.CREATE, "orange-button", "v1"));
        jenkins.assertBuildStatus(Result.SUCCESS, created);
        Staging staging = demo.staging("orange-button");
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(0, created.getExitCode());
        String url = staging.getLinks().get(0).url();
        assertTrue(get(url).contains("v1"), "the page shows the tag");
        assertEquals(
                url,
                jenkins.getJSON(staging.getUrl() + "api/json")
                        .getJSONObject()
                        .getJSONArray("links")
                        .getJSONObject(0)
                        .getString("url"));
        jenkins.assertLogContains("--name orange-button", created);

        StagingRun updated = demo.finished(demo.submitTag(Kind.MERGE, "orange-button", "v2"));
        jenkins.assertBuildStatus(Result.SUCCESS, updated);
        assertTrue(get(staging.getLinks().get(0).url()).contains("v2"), "updating changes the page");

        StagingRun archived = demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
        jenkins.assertBuildStatus(Result.SUCCESS, archived);
        assertEquals(Status.Archived, staging.getStatus());
        assertEquals(List.of(), staging.getLinks());
        assertThrows(ConnectException.class, () -> get(url), "archiving stops the process");

        StagingRun restored = demo.finished(demo.submit(Kind.RESTORE, "orange-button"));
        jenkins.assertBuildStatus(Result.SUCCESS, restored);
        assertEquals(Status.Running, staging.getStatus());
        assertTrue(get(staging.getLinks().get(0).url()).contains("v2"), "restoring brings it back as it was");

        demo.finished(demo.submit(Kind.ARCHIVE, "orange-button"));
        AcceptedRequest cleanup = demo.submit(Kind.CLEANUP, "orange-button");
        TestProject.await("the staging to be gone", () -> demo.staging("orange-button") == null ? cleanup : null);
        assertNull(demo.staging("orange-button"));
        assertEquals(List.of(), TestProject.files(demoHome.resolve("demo/orange-button")));
    }

    @Test
    void streamsAreToldApart(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "apart", "A=1"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        RunLogReader.of(run).copyTo(LogStream.STDOUT, stdout);
        String printed = stdout.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("apart"), printed);
        assertTrue(!printed.contains("Started by"), printed);
        demo.finished(demo.submit(Kind.ARCHIVE, "apart"));
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
