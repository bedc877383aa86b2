package io.jenkins.plugins.octopod.scripts.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessTree;
import io.jenkins.plugins.octopod.scripts.secrets.RemoteSecrets;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An agent that can open no more files while it looks after a script; in a JVM of its own, which opens all that it may. */
@EnabledOnOs(OS.LINUX)
class ManyOpenFilesTest {

    @TempDir
    private Path directory;

    @Test
    void saysNothingOfTheScript() throws Exception {
        ProcessCookie cookie = ProcessCookie.unique();
        try {
            new StartScript(List.of("sleep", "600"), Map.of(), RemoteSecrets.NONE, cookie)
                    .invoke(directory.resolve(cookie.value()).toFile(), null);
            Process agent = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "ulimit -n 1000; exec \"$@\"",
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Agent.class.getName(),
                            directory.resolve(cookie.value()).toString())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    "before: running, running\nmeanwhile: IOException, IOException\nafterwards: running, running\n",
                    printed);
        } finally {
            new ProcessTree(null, cookie).kill(Duration.ZERO);
        }
    }

    /** Looks after the script of a directory before, while and after no file can be opened. */
    static final class Agent {

        private Agent() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            File directory = new File(args[0]);
            List<InputStream> open = new ArrayList<>();
            String before = looks(directory);
            // What is needed for a failed look is loaded now.
            looks(new File(directory, "stdout"));
            try {
                while (true) {
                    open.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                String meanwhile = looks(directory);
                for (InputStream file : open) {
                    file.close();
                }
                System.out.print(
                        "before: " + before + "\nmeanwhile: " + meanwhile + "\nafterwards: " + looks(directory) + "\n");
            }
        }

        private static String looks(File directory) throws InterruptedException {
            ProcessCookie cookie = new ProcessCookie(ProcessCookie.VARIABLE, directory.getName());
            String followed;
            try {
                boolean over = new FollowScript(0, 0, Duration.ZERO, cookie)
                        .invoke(directory, null)
                        .isOver();
                followed = over ? "over" : "running";
            } catch (IOException e) {
                followed = "IOException";
            }
            try {
                return followed
                        + (new ScriptLiveness(new ScriptControlDirectory(directory), cookie).isRunning()
                                ? ", running"
                                : ", not running");
            } catch (IOException e) {
                return followed + ", IOException";
            }
        }
    }
}
