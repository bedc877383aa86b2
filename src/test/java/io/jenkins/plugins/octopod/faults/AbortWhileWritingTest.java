package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.ObservedStateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs that are aborted at the very moment at which they write something. */
@WithSharedJenkins
class AbortWhileWritingTest {

    private final ConsoleLogFilter aborting = new Aborting();

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        agent = demo.connectAgent("agent");
        ExtensionList.lookup(ConsoleLogFilter.class).add(0, aborting);
    }

    @AfterEach
    void stopAborting() {
        ExtensionList.lookup(ConsoleLogFilter.class).remove(aborting);
    }

    @Test
    void logOfTheScript() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.UPDATE, "echo abort now; sleep 600");
        StagingRun run = demo.finished(demo.submit(Kind.UPDATE, "a1"));
        wasAborted(run);
        jenkins.assertLogContains("“update” was killed with all processes that it had started.", run);
        assertTrue(JenkinsRule.getLog(run).contains("abort now\n"), "what the script printed is there");
    }

    @Test
    void lastLineOfTheScript() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.UPDATE, "echo abort now");
        wasAborted(demo.finished(demo.submit(Kind.UPDATE, "a1")));
    }

    /** The command line of the script, just before it is started. */
    @Test
    void noteOfJenkins() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        scripts.with(ControlScript.UPDATE, "sleep 600");
        wasAborted(demo.finished(demo.submit(Kind.UPDATE, "a1", "abort=now")));
    }

    @Test
    void stateOfARun() throws Exception {
        StagingRun run = demo.finished(demo.submit(Kind.CREATE, "a1"));
        run.setDescription("before");
        Thread.currentThread().interrupt();
        try {
            run.setDescription("stored");
        } finally {
            assertTrue(Thread.interrupted(), "whoever waits next is told");
        }
        run.reload();
        assertEquals("stored", run.getDescription());
    }

    @Test
    void stateOfAStaging() throws Exception {
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        Staging staging = demo.staging("a1");
        Thread.currentThread().interrupt();
        try {
            staging.updateObservedState(state -> state.with(Status.GenericFailure, "stored", Instant.now()));
        } finally {
            assertTrue(Thread.interrupted(), "whoever waits next is told");
        }
        ObservedState stored = ObservedStateFile.load(staging::getRootDir).current();
        assertEquals(Status.GenericFailure, stored.status());
    }

    private void wasAborted(StagingRun run) throws Exception {
        jenkins.assertBuildStatus(Result.ABORTED, run);
        String log = JenkinsRule.getLog(run);
        assertTrue(log.endsWith("Finished: ABORTED\n"), log);
        assertEquals(Status.Running, demo.staging("a1").getStatus(), "as check says");
        FilePath root = Objects.requireNonNull(agent.getRootPath());
        assertEquals(
                List.of(),
                root.child("octopod").list().stream().map(FilePath::getName).toList());
    }

    /** Aborts the run that is about to write such a line. */
    private static final class Aborting extends ConsoleLogFilter {

        private boolean done;

        @Override
        public OutputStream decorateLogger(Run run, OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    if (!done && new String(line, 0, length, StandardCharsets.UTF_8).matches("(?s).*abort.now.*")) {
                        done = true;
                        Objects.requireNonNull(Executor.currentExecutor()).interrupt(Result.ABORTED);
                    }
                    out.write(line, 0, length);
                }
            };
        }
    }
}
