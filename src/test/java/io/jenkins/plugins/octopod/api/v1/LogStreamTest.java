package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
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

/** A log goes from the disk to the wire without being in memory. */
@WithSharedJenkins
class LogStreamTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 100 * MEGABYTE;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path directory;

    @Test
    void aHundredMegabytes(JenkinsRule jenkins) throws Exception {
        TestProject project =
                TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        project.connectAgent("agent");
        StagingRun run = project.finished(project.submit(Kind.CREATE, "a1"));
        byte[] line = ("x".repeat(126) + "\t\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream log = Files.newOutputStream(run.getLogFile().toPath())) {
            byte[] megabyte = new byte[MEGABYTE];
            for (int i = 0; i < MEGABYTE; i++) {
                megabyte[i] = line[i % line.length];
            }
            for (int written = 0; written < SIZE; written += MEGABYTE) {
                log.write(megabyte);
            }
        }
        Files.writeString(run.getRootDir().toPath().resolve("log-streams"), "o ^ " + SIZE + ' ' + SIZE + '\n');
        String url = jenkins.getURL() + "job/demo/octopod/api/v1/log/";
        assertEquals(4, answered(url + "0")[1], "so that everything is loaded");

        long before = allocated();
        long[] answer = answered(url + ActionIdCodec.of(run));
        long allocated = allocated() - before;

        assertEquals(2, answer[1]);
        // Each line has two characters that are escaped, with one more each.
        long text = SIZE + 2L * (SIZE / line.length);
        assertEquals(text + "{\"stdout\":{\"un_stdout\":\"\"},\"stderr\":{\"un_stderr\":\"\"}}".length(), answer[0]);
        // Of all that was needed, by the client and by what Jenkins does besides.
        assertTrue(allocated < 50L * MEGABYTE, "allocated " + allocated / MEGABYTE + " MB");
    }

    /** How many bytes, and which hundred its status is of. */
    private static long[] answered(String url) throws Exception {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        long bytes = 0;
        int status = connection.getResponseCode();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        }
        return new long[] {bytes, status / 100};
    }

    /** By all threads that there are, this one, which reads the answer, too. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
