package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.OpenApiClient;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A log is read in pieces, while it grows and afterwards, and never is in memory. */
@WithSharedJenkins
class V2LogTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 100 * MEGABYTE;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    private OpenApiClient client;
    private String id;

    private OpenApiClient.Call log(String stream) {
        return client.call("readLog")
                .with("project", "demo")
                .with("name", "a1")
                .with("id", id)
                .with("stream", stream);
    }

    private String follow(String stream, StringBuilder sofar) throws Exception {
        int from = sofar.toString().getBytes(StandardCharsets.UTF_8).length;
        OpenApiClient.OpenApiResponse answer =
                log(stream).with("Range", "bytes=" + from + '-').send();
        if (answer.status() == 206) {
            sofar.append(answer.body());
            int to = sofar.toString().getBytes(StandardCharsets.UTF_8).length;
            String range = answer.header("Content-Range");
            assertTrue(range.startsWith("bytes " + from + '-' + (to - 1) + '/'), range);
            boolean complete = answer.header("Octopod-Log-Complete").equals("true");
            assertEquals(complete, range.endsWith("/" + to), range);
        } else {
            assertEquals("bytes */" + from, answer.expect(416).header("Content-Range"));
        }
        return answer.header("Octopod-Log-Complete");
    }

    @Test
    void isFollowedWhileItGrows(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path second = directory.resolve("second");
        Path third = directory.resolve("third");
        scripts.with(
                ControlScript.CREATE,
                "echo first ü; echo wrong >&2; until test -f '" + second + "'; do sleep 0.1; done; echo second;"
                        + " until test -f '" + third + "'; do sleep 0.1; done; echo third >&2; touch '"
                        + scripts.file("state") + "'");
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        project.connectAgent("agent").toComputer().setTemporarilyOffline(true, null);
        client = new OpenApiClient(jenkins.getURL(), null);
        AcceptedRequest accepted = project.submit(Kind.CREATE, "a1");
        id = accepted.requestId();
        OpenApiClient.OpenApiResponse empty = log("all").send().expect(200);
        assertEquals("", empty.body(), "it waits");
        assertEquals("false", empty.header("Octopod-Log-Complete"));
        jenkins.jenkins.getNode("agent").toComputer().setTemporarilyOffline(false, null);

        StringBuilder stdout = new StringBuilder();
        StringBuilder all = new StringBuilder();
        project.printing(accepted, "wrong");
        assertEquals("false", follow("stdout", stdout));
        assertEquals("first ü\n", stdout.toString());
        assertEquals("false", follow("stdout", stdout), "there is no more yet");
        follow("all", all);
        Files.createFile(second);
        project.printing(accepted, "second");
        assertEquals("false", follow("stdout", stdout));
        assertEquals("first ü\nsecond\n", stdout.toString());
        follow("all", all);
        assertEquals("wrong\n", log("stderr").send().expect(200).body());
        Files.createFile(third);
        StagingRun run = project.finished(accepted);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        assertEquals("true", follow("stdout", stdout));
        assertEquals("true", follow("all", all));
        assertEquals("true", follow("all", all), "there is no more for ever");
        String whole = log("all").send().expect(200).body();
        assertEquals(whole, all.toString(), "what was read in pieces");
        assertTrue(whole.contains("[stderr] third\n") && whole.endsWith("Finished: SUCCESS\n"), whole);
        assertEquals("wrong\nthird\n", log("stderr").send().body());
        pieces();
    }

    private void pieces() throws Exception {
        assertEquals(
                "rst",
                log("stdout").with("Range", "bytes=2-4").send().expect(206).body());
        assertEquals(
                "ond\n",
                log("stdout").with("Range", "bytes=-4").send().expect(206).body());
        OpenApiClient.OpenApiResponse beyond =
                log("stdout").with("Range", "bytes=9-99").send().expect(206);
        assertEquals("second\n", beyond.body());
        assertEquals("bytes 9-15/16", beyond.header("Content-Range"));
        assertEquals(
                "first ü\nsecond\n",
                log("stdout").with("Range", "bytes=-99").send().expect(206).body());
        for (String ignored : new String[] {"bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "x"}) {
            assertEquals(
                    "first ü\nsecond\n",
                    log("stdout").with("Range", ignored).send().expect(200).body());
        }
        log("stdout").with("Range", "bytes=16-").send().expect(416);
        log("stdout").with("Range", "bytes=-0").send().expect(416);
        log("everything").send().expect(400);
        id = "other";
        log("all").send().expect(404);
    }

    @Test
    void aHundredMegabytes(JenkinsRule jenkins) throws Exception {
        TestProject project =
                TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        project.connectAgent("agent");
        AcceptedRequest accepted = project.submit(Kind.CREATE, "a1");
        StagingRun run = project.finished(accepted);
        byte[] line = ("x".repeat(127) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream log = Files.newOutputStream(run.getLogFile().toPath())) {
            for (int written = 0; written < SIZE; written += line.length) {
                log.write(line);
            }
        }
        Files.writeString(run.getRootDir().toPath().resolve("log-streams"), "o ^ " + SIZE + ' ' + SIZE + '\n');
        String url = jenkins.getURL() + "stagings/api/v2/projects/demo/stagings/a1/operations/" + accepted.requestId()
                + "/log?stream=";
        for (String stream : new String[] {"stdout", "all"}) {
            assertEquals(line.length, read(url + stream, "bytes=-" + line.length), "so that everything is loaded");
            long before = allocated();
            assertEquals(SIZE, read(url + stream, null));
            assertEquals(SIZE / 2, read(url + stream, "bytes=" + SIZE / 2 + '-'));
            long allocated = allocated() - before;
            // Of all that was needed, by the client and by what Jenkins does besides.
            assertTrue(allocated < 50L * MEGABYTE, stream + " allocated " + allocated / MEGABYTE + " MB");
        }
    }

    /** How many bytes were answered. */
    private static long read(String url, String range) throws Exception {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (range != null) {
            connection.setRequestProperty("Range", range);
        }
        long bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream body = connection.getInputStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        }
        return bytes;
    }

    /** By all threads that there are, this one, which reads the answer, too. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
