package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import hudson.EnvVars;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SetClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A sweep over stagings whose check takes 0.2 s and says what was known, on one real agent: how long it takes beside asking
 * one after the other, beside what is possible at all (stagings × 0.2 s / parallelism), and beside what the machine does at
 * that moment, which is xargs starting the same script so many times; what it costs the controller.
 */
@Tag("benchmark")
@WithJenkins
class SweepBenchmark {

    private static final int[] COUNTS = {100, 1000, 5000};
    private static final double CHECK_SECONDS = 0.2;

    /** How many are asked one after the other; the rest is reckoned. */
    private static final int SAMPLE = 50;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final SetClock clock = new SetClock();

    @TempDir
    private Path directory;

    @Test
    void sweep(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent = project.connectAgent("agent");
        Staging model = project.finished(
                        project.submit(Kind.CREATE, "model", "COLOR=blue", "GREETING=Hello", "TEAM=cactus"))
                .getParent();
        scripts.with(ControlScript.CHECK, "exec sleep " + CHECK_SECONDS);
        project.project.setChecks(new CheckSettings());
        project.project.save();
        Traffic traffic = Traffic.on((Channel) agent.getChannel());
        Report report = new Report("sweep");
        for (int count : COUNTS) {
            project = ManyStagings.fillUp(project, model, count);
            CheckScheduler.get().useManualClock(clock);
            CheckScheduler.get().tick();
            measure(project, agent, count, traffic, report);
        }
        report.finish();
    }

    private void measure(TestProject project, DumbSlave agent, int count, Traffic traffic, Report report)
            throws Exception {
        double oneAfterTheOther = Measured.median(5, SAMPLE, probe(project, agent)::check) * count / 1000;
        sweepOnce(count);
        FileWrites writes = FileWrites.under(project.project.getRootDir().toPath());
        long calls = traffic.calls();
        long bytes = traffic.bytes();
        long cpu = system.getProcessCpuTime();
        int rounds = count > 1000 ? 1 : 3;
        double sweep = Measured.median(0, rounds, () -> sweepOnce(count)) / 1000;
        double controllerCpu = (system.getProcessCpuTime() - cpu) / 1e6 / rounds;
        long sweepCalls = (traffic.calls() - calls) / rounds;
        long kilobytes = (traffic.bytes() - bytes) / 1024 / rounds;
        long written = writes.count();
        int parallelism = project.project.getChecks().getParallelism();
        double xargs = Measured.median(0, rounds, () -> xargs(count, parallelism)) / 1000;
        double limit = count * CHECK_SECONDS / parallelism;
        report.add(
                "stagings",
                count,
                "sweep s",
                sweep,
                "limit s",
                limit,
                "xargs s",
                xargs,
                "one after the other s",
                oneAfterTheOther,
                "sweep/limit",
                sweep / limit,
                "sweep/xargs",
                sweep / xargs,
                "one after other/sweep",
                oneAfterTheOther / sweep,
                "controller CPU ms",
                controllerCpu,
                "remote calls",
                sweepCalls,
                "KB",
                kilobytes,
                "files written",
                written);
        for (String name : List.of("model", "copy-" + (count - 1))) {
            assertEquals(Status.Running, project.staging(name).getStatus());
        }
    }

    /** From when it is due until the last has answered. */
    private Void sweepOnce(int count) throws Exception {
        CheckScheduler checkScheduler = CheckScheduler.get();
        long before = checkScheduler.statistics().checks();
        clock.goOn(Duration.ofSeconds(15));
        checkScheduler.tick();
        while (checkScheduler.statistics().checks() < before + count) {
            Thread.sleep(5);
            // What waits for defaults is asked with the next tick.
            checkScheduler.tick();
        }
        assertEquals(before + count, checkScheduler.statistics().checks());
        return null;
    }

    /** Starts the script as often, so many at a time, and does nothing else. */
    private Void xargs(int count, int parallelism) throws Exception {
        String command = "seq " + count + " | xargs -P " + parallelism + " -n 1 '" + directory.resolve("check") + "'";
        assertEquals(
                0,
                new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start().waitFor());
        return null;
    }

    /** As the original does it, but for the remote call: each is asked when the one before has answered. */
    private static StagingProbe probe(TestProject project, DumbSlave agent) throws Exception {
        AgentScripts scripts =
                AgentScripts.prepare(agent, "demo", new EnvVars(), ScriptSecrets.NONE, TaskListener.NULL);
        List<String> arguments = ScriptArguments.lifecycle(
                project.project.identity(), new StagingName("model"), Configuration.EMPTY, Configuration.EMPTY);
        StagingProbe probe = new StagingProbe(scripts, arguments, Duration.ofSeconds(30));
        assertEquals(CheckResult.OK, probe.check().result());
        return probe;
    }
}
