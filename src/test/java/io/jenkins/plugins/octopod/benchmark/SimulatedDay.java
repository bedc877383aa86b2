package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Slave;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A day over 500 stagings, with an hour between two sweeps: stagings break and heal, checks hang, the agent is killed in the
 * middle, the scripts can’t be run for a while, Jenkins reads everything again from disk. No status is ever one that the
 * staging hasn’t had, and in the end each is true.
 */
@Tag("benchmark")
@WithJenkins
class SimulatedDay {

    private static final int STAGINGS = 500;
    private static final int HOURS = 24;

    /** Always the same day. */
    private final Random chance = new Random(20);

    @TempDir
    private Path directory;

    private SweptProject swept;

    /** By name, what check says now. */
    private final Map<String, CheckResult> truth = new LinkedHashMap<>();

    @Test
    void statusesAreTrueInTheEnd(JenkinsRule jenkins) throws Exception {
        swept = SweptProject.create(jenkins, directory);
        Slave agent = swept.demo.connectAgent("agent");
        swept.create("model");
        swept.scripts.with(
                ControlScript.CHECK,
                "cd '" + directory + "'\nif test -f hang-$8; then rm hang-$8; exec sleep 100; fi\n"
                        + "read answer <truth-$8\nexit $answer");
        swept.checks.setInterval((int) Duration.ofHours(1).toSeconds());
        swept.checks.setTimeout(15);
        swept.demo.project.save();
        TestProject project = ManyStagings.fillUp(swept.demo, swept.staging("model"), STAGINGS);
        CheckScheduler.get().useManualClock(swept.clock);
        CheckScheduler.get().tick();
        List<String> names = new ArrayList<>();
        project.project.getItems().forEach(item -> names.add(item.getName()));
        for (String name : names) {
            tell(name, CheckResult.OK);
        }
        Map<String, Integer> faults = new LinkedHashMap<>();
        for (int hour = 0; hour < HOURS; hour++) {
            for (int change = 0; change < STAGINGS / 10; change++) {
                tell(any(names), CheckResult.values()[chance.nextInt(CheckResult.values().length)]);
            }
            String fault = List.of("none", "agent killed", "check hangs", "scripts gone", "reload")
                    .get(chance.nextInt(5));
            faults.merge(fault, 1, Integer::sum);
            hour(jenkins, project, agent, names, fault);
        }
        sweepAll(project, names);
        for (String name : names) {
            assertEquals(truth.get(name).status(), status(project, name), name);
        }
        Report report = new Report("simulated day");
        report.add(
                "stagings",
                STAGINGS,
                "hours",
                HOURS,
                "checks",
                CheckScheduler.get().checks(),
                "faults",
                faults.toString());
        report.finish();
    }

    private void hour(JenkinsRule jenkins, TestProject project, Slave agent, List<String> names, String fault)
            throws Exception {
        long before = CheckScheduler.get().checks();
        switch (fault) {
            case "agent killed" -> {
                begin();
                TestProject.await("some checks", () -> CheckScheduler.get().checks() > before + 50 ? fault : null);
                SweptProject.kill(agent);
                TestProject.await(
                        "the agent to be gone", () -> agent.toComputer().isOffline() ? fault : null);
                TestProject.await("the agent to be back", () -> {
                    agent.toComputer().connect(false);
                    return agent.toComputer().isOnline() ? fault : null;
                });
                settle(project, names, false);
            }
            case "check hangs" -> {
                String hanging = any(names);
                Files.createFile(directory.resolve("hang-" + hanging));
                sweepAll(project, names);
                assertEquals(Status.GenericFailure, status(project, hanging), hanging);
            }
            case "scripts gone" -> {
                Path check = swept.scripts.path(ControlScript.CHECK);
                Map<String, Status> known = new LinkedHashMap<>();
                names.forEach(name -> known.put(name, status(project, name)));
                check.toFile().setExecutable(false);
                begin();
                settle(project, names, true);
                names.forEach(name -> assertEquals(known.get(name), status(project, name), name));
                check.toFile().setExecutable(true);
            }
            case "reload" -> {
                begin();
                jenkins.jenkins.reload();
                // What was read again is known from now on, and due within an interval.
                CheckScheduler.get().tick();
                sweepAll(project, names);
            }
            default -> sweepAll(project, names);
        }
    }

    private void tell(String name, CheckResult checkResult) throws Exception {
        Path beside = directory.resolve("next");
        Files.writeString(beside, checkResult.ordinal() + "\n");
        Files.move(
                beside,
                directory.resolve("truth-" + name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        truth.put(name, checkResult);
    }

    private String any(List<String> names) {
        return names.get(chance.nextInt(names.size()));
    }

    /** The project after a reload is another object. */
    private static Staging staging(TestProject project, String name) {
        return TestProject.again(project.jenkins).staging(name);
    }

    private static Status status(TestProject project, String name) {
        return staging(project, name).getStatus();
    }

    private void begin() {
        swept.clock.goOn(Duration.ofHours(1));
        CheckScheduler.get().tick();
    }

    private void sweepAll(TestProject project, List<String> names) throws Exception {
        begin();
        settle(project, names, false);
    }

    /** Waits until each has been asked, or where that will do, can’t be. */
    private void settle(TestProject project, List<String> names, boolean staleWillDo) throws Exception {
        List<String> open = new ArrayList<>(names);
        long start = System.nanoTime();
        while (!open.isEmpty()) {
            CheckScheduler.get().tick();
            open.removeIf(name -> staleWillDo && staging(project, name).isStale()
                    || staging(project, name).lastChecked().equals(swept.clock.instant()));
            if (System.nanoTime() - start > Duration.ofMinutes(5).toNanos()) {
                throw new AssertionError("Waited in vain for " + open);
            }
            Thread.sleep(200);
        }
    }
}
