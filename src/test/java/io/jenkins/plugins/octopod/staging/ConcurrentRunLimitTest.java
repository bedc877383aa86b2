package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** How many runs of a project are under way at once, also after a restart. */
@Tag("jenkins")
class ConcurrentRunLimitTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    @Test
    void neverMoreThanThat() throws Throwable {
        Path running = Files.createDirectory(directory.resolve("running"));
        Path most = directory.resolve("most");
        sessions.then(jenkins -> {
            // Each says how many there are while it runs.
            TestProject demo = project(
                    jenkins,
                    "touch '" + running + "/'$$; ls '" + running + "' | wc -l >> '" + most + "'; sleep 0.3; ls '"
                            + running + "' | wc -l >> '" + most + "'; rm '" + running + "/'$$");
            demo.project.getLimits().setRunsAtOnce(2);
            List<AcceptedRequest> accepted = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                accepted.add(demo.submit(Kind.CREATE, "staging" + i));
            }
            TestProject.await("somebody to be blocked", () -> Stream.of(demo.queue())
                    .filter(Queue.Item::isBlocked)
                    .map(Queue.Item::getWhy)
                    .filter("Project “demo” allows at most 2 concurrent runs"::equals)
                    .findFirst()
                    .orElse(null));
            for (AcceptedRequest request : accepted) {
                jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(request));
            }
        });
        List<Integer> counts = Files.readAllLines(most).stream()
                .map(String::trim)
                .map(Integer::valueOf)
                .toList();
        assertEquals(16, counts.size());
        assertEquals(2, counts.stream().max(Integer::compare).orElseThrow(), counts.toString());
    }

    @Test
    void whatARestartHasInterruptedCountsAndGoesOn() throws Throwable {
        Path go = directory.resolve("go");
        sessions.then(jenkins -> {
            TestProject demo = project(jenkins, "echo creating; while test ! -e '" + go + "'; do sleep 0.1; done");
            demo.project.getLimits().setRunsAtOnce(1);
            demo.project.save();
            demo.printing(demo.submit(Kind.CREATE, "first"), "creating");
            demo.submit(Kind.CREATE, "second");
        });
        sessions.then(jenkins -> {
            TestProject demo = TestProject.again(jenkins);
            Staging first = demo.staging("first");
            Staging second = demo.staging("second");
            TestProject.await("the first to go on", () -> {
                StagingRun run = first.unfinishedRun();
                return run == null ? null : run.getExecutor();
            });
            assertNotNull(TestProject.await("the second to be blocked", () -> {
                Queue.Item item = Queue.getInstance().getItem(second);
                return item instanceof Queue.BlockedItem blocked ? blocked.getCauseOfBlockage() : null;
            }));
            assertNull(second.getLastBuild(), "it waits");
            Files.createFile(go);
            for (Staging staging : List.of(first, second)) {
                StagingRun run = TestProject.await("a run of " + staging, staging::getLastBuild);
                TestProject.await(run + " to end", () -> run.isBuilding() ? null : run);
                jenkins.assertBuildStatus(Result.SUCCESS, run);
            }
            assertTrue(first.getLastBuild().getTimeInMillis()
                    < second.getLastBuild().getTimeInMillis());
        });
    }

    private TestProject project(JenkinsRule jenkins, String create) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(ControlScript.CREATE, create).with(ControlScript.CHECK, "exit 0");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent =
                new DumbSlave("agent", directory.resolve("agent").toString(), jenkins.createComputerLauncher(null));
        agent.setNumExecutors(8);
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        return demo;
    }
}
