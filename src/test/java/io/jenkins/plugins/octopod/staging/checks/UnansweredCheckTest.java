package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/** A check that gets no result doesn’t keep its staging from being checked again. */
@WithSharedJenkins
class UnansweredCheckTest {

    @TempDir
    private Path directory;

    @Test
    void aRunElsewhereReplacesACheckOfTheStateBefore(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave hanging = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        Staging staging = swept.staging("a1");
        ProcessHandle process = SweptProject.process(hanging);
        SweptProject.signal("STOP", process);
        try {
            swept.sweepUntil("the check to be open", () -> staging.checks().isBeingAsked());
            ((SlaveComputer) hanging.toComputer()).setAcceptingTasks(false);
            DumbSlave second = swept.demo.connectAgent("second");
            swept.finished(swept.demo.submit(Kind.UPDATE, "a1", "A=1"));
            assertEquals("second", staging.observedState().agent());

            swept.tell(ControlScript.CHECK, "a1", "echo down >&2; exit 1");
            swept.sweepUntil("the truth", () -> SweptProject.isConfirmed(staging, Status.GenericFailure));
            assertTrue(second.toComputer().isOnline());
        } finally {
            SweptProject.signal("CONT", process);
            ((SlaveComputer) hanging.toComputer()).setAcceptingTasks(true);
        }
    }

    @Test
    void anAgentThatIsOutOfServiceIsWaitedForNoLongerThanTheLimit(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave hanging = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        Staging staging = swept.staging("a1");
        swept.tell(ControlScript.CHECK, "a1", "echo down >&2; exit 1");
        ProcessHandle process = SweptProject.process(hanging);
        SweptProject.signal("STOP", process);
        try {
            swept.sweepUntil("the check to be open", () -> staging.checks().isBeingAsked());
            hanging.toComputer().setTemporarilyOffline(true, null);
            swept.demo.connectAgent("second");
            for (int i = 0; i < 5; i++) {
                swept.sweepUntil("a sweep", () -> true);
                assertEquals(Status.Running, staging.getStatus(), "it is waited for");
            }
            swept.sweepUntil("the limit, twice interval and timeout, to be over", staging::isStale);
            swept.tickUntil("the truth", () -> SweptProject.isConfirmed(staging, Status.GenericFailure));
        } finally {
            SweptProject.signal("CONT", process);
            hanging.toComputer().setTemporarilyOffline(false, null);
        }
    }

    @Test
    void whatIsCalledOffMakesNothingKnown(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        DumbSlave agent = swept.demo.connectAgent("agent");
        swept.create("a1");
        swept.sweep("a1");
        Staging staging = swept.staging("a1");
        ProcessHandle process = SweptProject.process(agent);
        SweptProject.signal("STOP", process);
        try {
            for (int i = 0; i < 7 && !staging.isStale(); i++) {
                swept.sweepUntil("the check to be open", () -> staging.checks().isBeingAsked());
            }
            assertTrue(staging.isStale());
            ((SlaveComputer) agent.toComputer()).setAcceptingTasks(false);
            swept.demo.submit(Kind.ARCHIVE, "a1");
            swept.sweepUntil("a sweep while it is busy", () -> true);
            assertFalse(staging.isStale());
            jenkins.jenkins.getQueue().cancel(staging);
            TestProject.await("the archiving to be called off", () -> staging.isBusy() ? null : staging);
            assertTrue(staging.isStale());
        } finally {
            SweptProject.signal("CONT", process);
            ((SlaveComputer) agent.toComputer()).setAcceptingTasks(true);
        }
        swept.sweepUntil("a result", () -> !staging.isStale());
    }

    @Test
    void chattyChecksOnASmallAgentAreAllAnswered(JenkinsRule jenkins) throws Exception {
        SweptProject swept = SweptProject.create(jenkins, directory);
        swept.checks.setParallelism(6);
        Path jar = directory.resolve("agent.jar");
        FileUtils.copyURLToFile(new Slave.JnlpJar("agent.jar").getURL(), jar.toFile());
        DumbSlave small = new DumbSlave(
                "small",
                directory.resolve("small").toString(),
                new SimpleCommandLauncher(System.getProperty("java.home") + "/bin/java -Xmx64m -jar " + jar));
        small.setLabelString(TestProject.LABEL);
        small.setNumExecutors(1);
        small.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, small);
        List<String> names = List.of("a1", "b1", "c1", "d1", "e1", "f1");
        swept.create(names.toArray(String[]::new));
        swept.sweep(names.toArray(String[]::new));
        for (String name : names) {
            // Half a million short lines.
            swept.tell(ControlScript.CHECK, name, "yes x | head -c 1048000; exit 1");
        }
        swept.sweepUntil("all to be answered", () -> names.stream()
                .map(swept::staging)
                .allMatch(staging -> staging.getStatus() == Status.GenericFailure
                        && !staging.checks().isBeingAsked()));
        assertTrue(small.toComputer().isOnline());
    }
}
