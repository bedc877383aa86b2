package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Scripts of which nothing is written down, as when the machine lost its power before. */
@WithSharedJenkins
class LostStartTest {

    @TempDir
    private Path directory;

    @Test
    void runEndsLongBeforeTheTimeLimitOfTheScript(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent = demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.UPDATE, "echo \"$PPID\" >'" + directory + "/supervisor'; echo before; sleep 600");
        AcceptedRequest update = demo.submit(Kind.UPDATE, "a1");
        StagingRun run = demo.printing(update, "before");
        ProcessHandle supervisor = ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("supervisor")).trim()))
                .orElseThrow();
        endWithoutTrace(agent, supervisor);
        demo.finished(update);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(
                "“update” ended without an exit code: it was killed from outside, or its "
                        + "agent’s machine was restarted.",
                run.getReason());
    }

    /** As if the connection was lost in the middle of the start. */
    @Test
    void scriptThatHasNotBegunIsStartedAgain(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent = demo.connectAgent("agent");
        Path starts = directory.resolve("starts");
        scripts.with(
                ControlScript.CREATE,
                "echo $PPID >>'" + starts + "'; test -e '" + scripts.file("once") + "' && exec touch '"
                        + scripts.file("state") + "'; touch '" + scripts.file("once") + "'; exec sleep 600");
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        TestProject.await("the start", () -> Files.exists(starts) && Files.size(starts) > 1 ? true : null);
        ProcessHandle supervisor = ProcessHandle.of(
                        Long.parseLong(Files.readString(starts).trim()))
                .orElseThrow();
        endWithoutTrace(agent, supervisor);
        jenkins.waitForMessage("It is started again.", TestProject.run(create));
        StagingRun run = demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("The connection was lost before “create” began. It is started again.", run);
        assertEquals(2, Files.readAllLines(starts).size());
    }

    private static void endWithoutTrace(DumbSlave agent, ProcessHandle supervisor) throws Exception {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(supervisor), supervisor.descendants()).toList();
        for (ProcessHandle process : all) {
            SweptProject.signal("STOP", process);
        }
        try (Stream<Path> files = Files.walk(Path.of(agent.getRemoteFS(), "octopod"))) {
            for (Path file : files.filter(file -> List.of("pid", "started")
                            .contains(file.getFileName().toString()))
                    .toList()) {
                Files.delete(file);
            }
        }
        for (ProcessHandle process : all) {
            SweptProject.signal("KILL", process);
        }
    }
}
