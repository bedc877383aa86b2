package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.scripts.ask.RunScript;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose temporary directory takes no files; in a JVM of its own, as one keeps the directory it started with. */
class FullAgentTest {

    @TempDir
    private Path directory;

    @Test
    void isToldInASentence() throws Exception {
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-Djava.io.tmpdir=" + directory.resolve("missing"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Agent.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, agent.waitFor(), printed);
        assertTrue(printed.contains("The agent has no disk space for a script’s output: "), printed);
    }

    /** Asks a script there, and prints the sentence that it gets instead of an answer. */
    static final class Agent {

        private Agent() {}

        public static void main(String[] args) throws InterruptedException {
            try {
                new RunScript(List.of("true"), Map.of(), RemoteSecrets.NONE, Duration.ofSeconds(10))
                        .invoke(new File(args[0]), null);
            } catch (IOException e) {
                System.out.writeBytes(e.getMessage().getBytes(StandardCharsets.UTF_8));
                return;
            }
            System.exit(1);
        }
    }
}
