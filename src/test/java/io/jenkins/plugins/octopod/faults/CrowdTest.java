package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Items;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** A crowd that wants something at the same moment. */
@WithSharedJenkins
class CrowdTest {

    private static final int CROWD = 200;
    private static final int EXECUTORS = 16;
    private static final long MINUTES = 2;

    @TempDir
    private Path directory;

    private TestProject project(JenkinsRule jenkins, ScriptDirectory scripts) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent =
                new DumbSlave("agent", directory.resolve("agent").toString(), jenkins.createComputerLauncher(null));
        agent.setNumExecutors(EXECUTORS);
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, agent);
        return demo;
    }

    /** All begin at the same moment. */
    private static <T> List<Future<T>> atOnce(IntFunction<Callable<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CROWD);
        ExecutorService threads = Executors.newFixedThreadPool(CROWD);
        List<Future<T>> results = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            Callable<T> each = task.apply(i);
            results.add(threads.submit(() -> {
                start.await();
                return each.call();
            }));
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(MINUTES, TimeUnit.MINUTES), "everybody is answered");
        return results;
    }

    /** One of them is accepted, and all others are told why they aren’t. */
    private static AcceptedRequest theOnlyOne(List<Future<AcceptedRequest>> results, Reason reason, String because)
            throws Exception {
        List<AcceptedRequest> accepted = new ArrayList<>();
        for (Future<AcceptedRequest> result : results) {
            try {
                accepted.add(result.get());
            } catch (ExecutionException e) {
                RefusalException refusal = (RefusalException) e.getCause();
                assertEquals(reason, refusal.getReason(), refusal.getMessage());
                assertTrue(refusal.getMessage().startsWith(because), refusal.getMessage());
            }
        }
        assertEquals(1, accepted.size());
        return accepted.get(0);
    }

    @Test
    void allWantTheSameStaging(JenkinsRule jenkins) throws Exception {
        Path go = directory.resolve("go");
        String waiting = "while ! test -f '" + go + "'; do sleep 0.1; done; echo \"$@\" >>'" + directory + "/calls'";
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, waiting)
                .with(ControlScript.UPDATE, waiting)
                .with(ControlScript.CHECK, "exit 0");
        TestProject demo = project(jenkins, scripts);
        AcceptedRequest create = theOnlyOne(
                atOnce(i -> () -> demo.submit(Kind.CREATE, "one", "WHO=" + i)),
                Reason.EXISTS,
                "The staging “one” is being created: wait for ");
        Files.createFile(go);
        StagingRun created = demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, created);

        Files.delete(go);
        AcceptedRequest update = theOnlyOne(
                atOnce(i -> () -> demo.submit(Kind.DEPLOY, "one", "WHO=" + i)),
                Reason.NOT_NOW,
                "The staging “one” is being updated: wait for ");
        Files.createFile(go);
        StagingRun updated = demo.finished(update);
        jenkins.assertBuildStatus(Result.SUCCESS, updated);

        Staging staging = demo.staging("one");
        assertEquals(Status.Running, staging.getStatus());
        assertFalse(staging.isBusy());
        assertEquals(2, staging.getBuilds().size());
        List<String> calls = Files.readAllLines(directory.resolve("calls"));
        assertEquals(2, calls.size());
        assertTrue(calls.get(0).endsWith("--application-config " + created.getApplicationOverrides()), calls.get(0));
        assertTrue(calls.get(1).endsWith("--application-config " + updated.getApplicationOverrides()), calls.get(1));
        assertEquals(
                updated.getApplicationOverrides(),
                ((Staging) Items.load(demo.project, staging.getRootDir())).getApplicationOverrides());
    }

    @Test
    void eachWantsOneOfItsOwn(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.CREATE, "exit 0")
                .with(ControlScript.CHECK, "exit 0");
        TestProject demo = project(jenkins, scripts);
        Set<String> requests = new HashSet<>();
        for (Future<AcceptedRequest> result : atOnce(i -> () -> demo.submit(Kind.DEPLOY, "s" + i, "WHO=" + i))) {
            requests.add(result.get().requestId());
        }
        assertEquals(CROWD, requests.size());
        for (int i = 0; i < CROWD; i++) {
            Staging staging = demo.staging("s" + i);
            TestProject.await(staging + " to be free", () -> staging.isBusy() ? null : staging);
            assertEquals(Status.Running, staging.getStatus(), staging.getName());
            assertEquals(1, staging.getBuilds().size(), staging.getName());
            StagingRun run = staging.getLastBuild();
            jenkins.assertBuildStatus(Result.SUCCESS, run);
            assertTrue(requests.contains(run.parameters().getRequestId()));
            Staging stored = (Staging) Items.load(demo.project, staging.getRootDir());
            assertEquals("WHO=" + i, stored.getApplicationOverrides().toString());
            assertEquals(Status.Running, stored.getStatus());
            assertFalse(stored.isBusy());
        }
        assertEquals(0, Queue.getInstance().getItems().length);
    }
}
