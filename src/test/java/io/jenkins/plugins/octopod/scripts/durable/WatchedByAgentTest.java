package io.jenkins.plugins.octopod.scripts.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.remoting.Channel;
import hudson.remoting.ChannelBuilder;
import hudson.remoting.Which;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.scripts.secrets.SecretFilesDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script that the agent's own process waits for, as on Windows, while the connection to the agent is lost. The agent is a
 * JVM of its own, which gets its classes over the connection. It runs on without one, as an inbound agent does. The test itself
 * needs a controller, where masks are made.
 */
@WithSharedJenkins
class WatchedByAgentTest {

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Process agent;
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        Path classes = directory.resolve("classes");
        Path name = Path.of(AgentProcess.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(classes.resolve(name).getParent());
        try (InputStream bytes = AgentProcess.class.getResourceAsStream("/" + name)) {
            Files.copy(bytes, classes.resolve(name));
        }
        agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Which.jarFile(Channel.class) + File.pathSeparator + classes,
                        AgentProcess.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        channel = new ChannelBuilder("agent", threads)
                .withMode(Channel.Mode.BINARY)
                .build(agent.getInputStream(), agent.getOutputStream());
    }

    @AfterEach
    void end() {
        agent.destroyForcibly();
        threads.shutdownNow();
    }

    @Test
    void exitCodeIsWrittenWithoutAConnection() throws Exception {
        ScriptControlDirectory script =
                new ScriptControlDirectory(directory.resolve("script").toFile());
        Path go = directory.resolve("go");
        channel.call(new Start(
                script.directory(),
                List.of("/bin/sh", "-c", "while [ ! -e '" + go + "' ]; do sleep 0.1; done; exit 7")));
        channel.close();
        channel.join();
        Files.createFile(go);
        assertEquals(
                "7",
                TestProject.await(
                        "the exit code",
                        () -> script.exit().isFile()
                                ? Files.readString(script.exit().toPath()).trim()
                                : null));
        TestProject.await(
                "the secret files to be removed", () -> script.secrets().exists() ? null : true);
    }

    /** The agent: a connection over its stdin and stdout. */
    static final class AgentProcess {

        private AgentProcess() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Channel connection = new ChannelBuilder("controller", Executors.newCachedThreadPool())
                    .withMode(Channel.Mode.BINARY)
                    .build(System.in, System.out);
            connection.join();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static final class Start extends MasterToSlaveCallable<Void, IOException> {

        private static final long serialVersionUID = 1L;

        private final File directory;
        private final List<String> command;
        private final RemoteSecrets secrets = ScriptSecrets.builder()
                .file("FILE", "file", "content".getBytes(StandardCharsets.UTF_8))
                .build()
                .sent();

        Start(File directory, List<String> command) {
            this.directory = directory;
            this.command = List.copyOf(command);
        }

        @Override
        public Void call() throws IOException {
            ScriptControlDirectory script = new ScriptControlDirectory(directory);
            Files.createDirectories(script.work().toPath());
            try {
                new StartScript(command, Map.of(), secrets, ProcessCookie.unique())
                        .startWatchedByAgent(
                                script, command, SecretFilesDirectory.ofStarted(script.secrets(), secrets));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return null;
        }
    }
}
