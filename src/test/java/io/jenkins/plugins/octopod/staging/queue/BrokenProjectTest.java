package io.jenkins.plugins.octopod.staging.queue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What is wrong with one project doesn’t stop Jenkins’ start, and keeps no other project’s stagings from their turn. */
@WithSharedJenkins
class BrokenProjectTest {

    @TempDir
    private Path directory;

    /** As where a class of a plugin is missing. */
    public static final class Broken extends OctopodProject {

        private transient volatile boolean broken;

        Broken(Jenkins jenkins) {
            super(jenkins, "a-broken");
        }

        @NonNull
        @Override
        public DescriptorImpl getDescriptor() {
            return Jenkins.get().getDescriptorByType(DescriptorImpl.class);
        }

        @Override
        public Collection<TopLevelItem> children() {
            fail();
            return super.children();
        }

        @Override
        public Collection<TopLevelItem> getItems(Predicate<TopLevelItem> filter) {
            fail();
            return super.getItems(filter);
        }

        private void fail() {
            if (broken) {
                throw new NoClassDefFoundError("some/Type");
            }
        }
    }

    @Test
    void theStagingsOfOthersAreResumed(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory).with(ControlScript.CHECK, "exit 0");
        Broken broken = new Broken(jenkins.jenkins);
        jenkins.jenkins.add(broken, "a-broken");
        broken.onCreatedFromScratch();
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        demo.connectAgent("agent");
        broken.broken = true;
        try {
            assertDoesNotThrow(ActionQueue::readUnfinishedRuns);
            AcceptedRequest request = demo.submit(Kind.CREATE, "a1");
            assertDoesNotThrow(() -> new ResumeOnStartup().onLoaded());
            demo.finished(request);
            assertEquals(Status.Running, demo.staging("a1").getStatus());
        } finally {
            broken.broken = false;
        }
    }
}
