package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Tests a restart between the moment in which a script is stored and that in which the agent hears of it. */
@Tag("jenkins")
class RestartBeforeStartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** Disconnects the agent of the first script that is stored. */
    @TestExtension
    public static final class Disconnection extends StagingListener {

        private final AtomicBoolean wanted = new AtomicBoolean();

        @Override
        public void onChanged(@NonNull Staging staging) {
            if (staging.observedState().startedScript() != null && wanted.getAndSet(false)) {
                try {
                    Jenkins.get()
                            .getComputer("agent")
                            .disconnect(new OfflineCause.ByCLI("a test"))
                            .get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void theScriptIsStartedAfterTheRestart() throws Throwable {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        scripts.with(
                ControlScript.CREATE,
                "echo x >>'" + scripts.file("starts") + "'; touch '" + scripts.file("state") + "'");
        sessions.then(jenkins -> {
            TestProject demo = TestProject.withScripts(jenkins, directory);
            demo.connectAgent("agent");
            ExtensionList.lookupSingleton(Disconnection.class).wanted.set(true);
            demo.submit(Kind.CREATE, "a1");
            StagingRun run = TestProject.await("a run", () -> demo.staging("a1").getLastBuild());
            jenkins.waitForMessage("The connection to agent “agent” was lost", run);
            assertNull(demo.staging("a1").observedState().startedScript());
        });
        sessions.then(jenkins -> {
            Staging staging = TestProject.again(jenkins).staging("a1");
            TestProject.await("the run to end", () -> staging.isBusy() ? null : staging);
            jenkins.assertBuildStatus(Result.SUCCESS, staging.getLastBuild());
            assertEquals("x\n", Files.readString(scripts.file("starts")));
        });
    }
}
