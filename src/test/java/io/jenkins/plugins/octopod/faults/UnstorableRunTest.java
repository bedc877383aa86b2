package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.InvisibleAction;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs that can never be stored again, as something that belongs to them can't be written as XML. Their staging becomes free. */
@WithSharedJenkins
class UnstorableRunTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;

    /** Stands for an action of another plugin. */
    private static final class Unwritable extends InvisibleAction {

        private Object writeReplace() {
            throw new IllegalStateException("a failing plugin");
        }
    }

    @BeforeEach
    void hold(JenkinsRule rule) throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        scripts.with(
                ControlScript.CREATE,
                "echo before; while [ ! -e '" + scripts.file("go") + "' ]; do sleep 0.1; done; touch '"
                        + scripts.file("state") + "'");
        demo = TestProject.withScripts(rule, scripts.path());
        demo.connectAgent("agent");
    }

    @Test
    void aDescriptionThatXmlCannotHold() throws Exception {
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        assertThrows(Exception.class, () -> run.setDescription("\uFFFE"));
        endsAndFreesItsStaging(create);
    }

    @Test
    void anActionOfAnotherPluginThatCannotBeWritten() throws Exception {
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        demo.printing(create, "before").addAction(new Unwritable());
        endsAndFreesItsStaging(create);
    }

    private void endsAndFreesItsStaging(AcceptedRequest create) throws Exception {
        Files.createFile(scripts.file("go"));
        StagingRun run = demo.finished(create);
        assertEquals(Result.FAILURE, run.getResult());
        Staging staging = demo.staging("a1");
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals(run.getStatusAfter(), staging.getStatus());
        assertEquals(run.getReason(), staging.observedState().reason());
        assertFalse(staging.isUnclear());
        assertEquals(
                Result.SUCCESS, demo.finished(demo.submit(Kind.UPDATE, "a1")).getResult());
    }
}
