package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.Items;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Sweeps over items that are read again, deleted, renamed or moved meanwhile, or whose neighbours have something wrong. */
@WithSharedJenkins
class SweptItemsTest {

    @TempDir
    private Path directory;

    @Test
    void anAnswerFromBeforeAReloadOverwritesNothing(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.tell(ControlScript.CHECK, "a1", "touch here; while ! test -f go; do sleep 0.05; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("here")));
        Path file = swept.staging("a1").getRootDir().toPath().resolve("observed.xml");
        String restored = Files.readString(file).replace("Running", "TagMismatch");
        Files.writeString(file, restored);
        jenkins.jenkins.reload();
        Staging staging = TestProject.again(jenkins).staging("a1");
        assertEquals(Status.TagMismatch, staging.getStatus());

        long checks = CheckScheduler.get().checks();
        Files.createFile(directory.resolve("go"));
        TestProject.await("the answer", () -> CheckScheduler.get().checks() > checks ? true : null);
        assertEquals(Status.TagMismatch, staging.getStatus());
        assertEquals(restored, Files.readString(file));
    }

    @Test
    void anAnswerOnWhatIsDeletedMeanwhileIsDropped(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        Staging deleted = swept.staging("a1");
        swept.tell(ControlScript.CHECK, "a1", "touch here; while ! test -f go; do sleep 0.05; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("here")));
        deleted.delete();

        long checks = CheckScheduler.get().checks();
        Files.createFile(directory.resolve("go"));
        TestProject.await("the answer", () -> CheckScheduler.get().checks() > checks ? true : null);
        assertFalse(deleted.getRootDir().exists(), "nothing of it comes back");
        assertEquals(Status.Running, deleted.getStatus());
        assertFalse(deleted.isStale());
    }

    @Test
    void aProjectThatIsRenamedOrMovedMeanwhileIsGoneOnWith(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.tell(ControlScript.CHECK, "a1", "touch here; while ! test -f go; do sleep 0.05; done; exit 1");
        swept.clock.goOn(SweptProject.INTERVAL);
        swept.tickUntil("the check", () -> Files.exists(directory.resolve("here")));
        File before = swept.demo.project.getRootDir();
        swept.demo.project.renameTo("other");
        Files.createFile(directory.resolve("go"));
        TestProject.await("the answer", () -> swept.staging("a1").getStatus() == Status.GenericFailure ? true : null);
        assertFalse(before.exists());
        assertEquals(
                Status.GenericFailure,
                ((Staging) Items.load(swept.demo.project, swept.staging("a1").getRootDir())).getStatus());

        before = swept.demo.project.getRootDir();
        OctopodProject moved = Items.move(swept.demo.project, jenkins.createProject(Folder.class, "folder"));
        swept.tell(ControlScript.CHECK, "a1", "exit 0");
        // From now on it is known by its new name, and due within an interval.
        CheckScheduler.get().tick();
        swept.clock.goOn(SweptProject.INTERVAL);
        Staging staging = (Staging) moved.getItem("a1");
        swept.tickUntil("the next check", () -> staging.getStatus() == Status.Running);
        assertFalse(before.exists());
        assertEquals(Status.Running, ((Staging) Items.load(moved, staging.getRootDir())).getStatus());
    }

    @Test
    void whoIsAskedIsKnownWithoutReadingRuns(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave first = swept.demo.connectAgent("first");
        swept.create("a1", "a2", "a3");
        swept.demo.project.save();
        swept.demo.connectAgent("second");
        jenkins.jenkins.reload();
        // From now on it is known, and due within an interval.
        CheckScheduler.get().tick();
        swept.clock.goOn(SweptProject.INTERVAL);
        for (String name : List.of("a1", "a2", "a3")) {
            Staging staging = TestProject.again(jenkins).staging(name);
            swept.tickUntil(name + " to be checked", () -> staging.lastChecked().equals(swept.clock.instant()));
            assertEquals(first.getRemoteFS(), last(swept, name));
            assertEquals(
                    Map.of(), staging.getLazyBuildMixIn().getRunMap().getLoadedBuilds(), "no run was read from disk");
        }
    }

    /** As of a plugin with a bug: nobody can find out whether it takes work. */
    public static final class BrokenAgent extends Slave {

        static volatile boolean broken;

        BrokenAgent(JenkinsRule jenkins, String name, Path root, String label) throws Exception {
            super(name, root.toString(), jenkins.createComputerLauncher(null));
            setLabelString(label);
            setRetentionStrategy(new RetentionStrategy.Always());
        }

        @Override
        public Computer createComputer() {
            return new SlaveComputer(this) {
                @Override
                public int getNumExecutors() {
                    if (broken) {
                        throw new IllegalStateException("I am broken");
                    }
                    return super.getNumExecutors();
                }
            };
        }

        /** Only so that there is one. */
        @TestExtension
        public static final class DescriptorImpl extends SlaveDescriptor {}
    }

    @Test
    void whatIsWrongWithOneProjectIsNothingToTheOthers(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("well");
        OctopodProject first = jenkins.createProject(OctopodProject.class, "a-project");
        first.setAgentLabel("broken");
        first.setChecks(swept.checks);
        Slave agent = new BrokenAgent(jenkins, "broken", directory.resolve("broken"), "broken");
        TestProject.addAgent(jenkins, agent);
        Cause me = new Cause.UserIdCause();
        Staging ill = swept.finished(StagingService.submit(StagingRequest.of(first, "ill", Kind.CREATE, me)))
                .getParent();
        CheckScheduler.get().tick();
        BrokenAgent.broken = true;
        try {
            swept.sweep("well");
            swept.sweep("well");
            assertTrue(ill.isStale());
            assertEquals(
                    "The check failed because of an error in Jenkins: "
                            + "java.lang.IllegalStateException: I am broken.",
                    ill.getStaleReason());
        } finally {
            BrokenAgent.broken = false;
        }
        swept.sweepUntil("the truth", () -> !ill.isStale());
    }

    @Test
    void whatJenkinsHasReadAgainIsChecked(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.demo.project.save();
        File files = swept.staging("a1").getRootDir();
        FileUtils.copyDirectory(files, new File(files.getParentFile(), "b1"));
        jenkins.jenkins.reload();
        // From now on it is known, and due within an interval.
        CheckScheduler.get().tick();
        swept.clock.goOn(SweptProject.INTERVAL);
        Path asked = swept.scripts.file(ControlScript.CHECK + "-asked-b1");
        swept.tickUntil("b1 to be checked", () -> Files.exists(asked));
    }

    private static String last(SweptProject swept, String name) throws IOException {
        List<String> asked = swept.asked(ControlScript.CHECK, name);
        return asked.get(asked.size() - 1);
    }
}
