package io.jenkins.plugins.octopod.staging.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What many stagings that wait for the limit of their project cost on each pass of the queue. */
@WithSharedJenkins
class CrowdedQueueTest {

    private static final int BLOCKED = 30;
    private static final int PASSES = 20;

    @TempDir
    private Path directory;

    @Test
    void aPassCountsOnceAndChangesNothing(JenkinsRule jenkins) throws Exception {
        Path go = directory.resolve("go");
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(ControlScript.CREATE, "while test ! -e '" + go + "'; do sleep 0.1; done")
                .with(ControlScript.CHECK, "exit 0");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        demo.project.getLimits().setRunsAtOnce(1);
        AcceptedRequest first = demo.submit(Kind.CREATE, "first");
        TestProject.await("the first to run", () -> {
            var run = TestProject.run(first);
            return run != null && run.hasBegun() ? run : null;
        });
        List<AcceptedRequest> others = new ArrayList<>();
        for (int i = 0; i < BLOCKED; i++) {
            others.add(demo.submit(Kind.CREATE, "staging" + i));
        }
        TestProject.await(
                "all others to be blocked",
                () -> Stream.of(demo.queue())
                                        .filter(Queue.BlockedItem.class::isInstance)
                                        .count()
                                == BLOCKED
                        ? true
                        : null);

        ConcurrentRunLimit limit = ExtensionList.lookupSingleton(ConcurrentRunLimit.class);
        long looks = limit.looks();
        ChangeJournal.Version before = ChangeJournal.get().current();
        for (int i = 0; i < PASSES; i++) {
            Queue.getInstance().maintain();
        }
        assertEquals(Optional.of(Set.of()), ChangeJournal.get().changedSince(before));
        long looked = limit.looks() - looks;
        assertTrue(looked < BLOCKED * PASSES, looked + " looks for " + BLOCKED * PASSES + " items");

        demo.project.getLimits().setRunsAtOnce(100);
        Files.createFile(go);
        for (AcceptedRequest request : others) {
            jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(request));
        }
        Set<String> changed = ChangeJournal.get().changedSince(before).orElseThrow();
        assertEquals(BLOCKED + 1, changed.size(), changed.toString());
    }
}
