package io.jenkins.plugins.octopod.faults.fortnight;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.faults.fortnight.Model.Violation;
import io.jenkins.plugins.octopod.faults.fortnight.StagingModel.Request;
import io.jenkins.plugins.octopod.staging.CheckState;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Waits until all has ended that can, has all stagings checked, and compares what Jenkins shows with what there is. */
final class Comparison {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** How long nothing must change where something can't end now. */
    private static final Duration QUIET = Duration.ofMillis(700);

    private static final Duration LONGEST_UNREST = Duration.ofSeconds(4);
    private static final Duration RECONNECTING = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 20;

    private final World world;

    Comparison(World world) {
        this.world = world;
    }

    /** @throws AssertionError if a promise wasn't kept */
    void run() throws Exception {
        if (world.isBlocked()) {
            awaitQuiet();
        } else {
            await("all who have asked to be answered", world::areAllAnswered);
            await("all that was accepted to end", () -> busy().isEmpty());
        }
        world.stagings().forEach(world.model::changed);
        world.model.read(world.scripts.readJournal());
        world.model.settle();
        compareScripts();
        if (!world.isBlocked()) {
            sweep();
        }
        throwViolations();
    }

    private List<Staging> busy() {
        return world.stagings().stream()
                .filter(staging -> staging.isBusy() || staging.isUnclear())
                .toList();
    }

    private void await(String what, Callable<Boolean> reached) throws Exception {
        long start = System.nanoTime();
        long connected = start;
        while (!reached.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                busy().forEach(staging -> world.model.violate(staging.getName(), "waited in vain for " + what));
                world.model.violate(null, "waited in vain for " + what);
                world.model.read(world.scripts.readJournal());
                throwViolations();
            }
            if (System.nanoTime() - connected > RECONNECTING.toNanos()) {
                world.agents.connectLost();
                connected = System.nanoTime();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Something can't end now. The rest has when nothing happens any more. */
    private void awaitQuiet() throws Exception {
        long start = System.nanoTime();
        long quietSince = start;
        int size = world.log.size();
        while (System.nanoTime() - quietSince < QUIET.toNanos()
                && System.nanoTime() - start < LONGEST_UNREST.toNanos()) {
            Thread.sleep(PAUSE_MILLIS);
            if (world.log.size() != size) {
                size = world.log.size();
                quietSince = System.nanoTime();
            }
        }
    }

    /** What runs is known to Jenkins. */
    private void compareScripts() throws IOException {
        for (String name : world.names) {
            String[] noted = world.scripts.lastScript(name).split(" ");
            Staging staging = world.staging(name);
            if (noted.length >= 2 && isRunning(noted[0], noted[1])) {
                if (staging == null || !Rules.isScriptKnown(staging)) {
                    world.model.violate(
                            name, "its script runs, and Jenkins doesn't know of it: " + String.join(" ", noted));
                }
            }
        }
    }

    private static boolean isRunning(String process, String start) throws IOException {
        Path stat = Path.of("/proc/" + process + "/stat");
        if (process.equals("0") || !Files.exists(stat)) {
            return false;
        }
        try {
            String[] fields = Files.readString(stat).replaceFirst("^.*\\) ", "").split(" ");
            return fields[19].equals(start) && !fields[0].equals("Z");
        } catch (IOException e) {
            return false; // it has just ended
        }
    }

    /** Has each staging checked once, and compares statuses. */
    private void sweep() throws Exception {
        // Where the clock was put back, the next check is due an interval after that is seen.
        CheckScheduler.get().tick();
        world.time.leap(Duration.ofSeconds(World.INTERVAL_SECONDS + 1));
        Instant begin = world.time.instant();
        long before = CheckScheduler.get().checks();
        CheckScheduler.get().tick();
        List<Staging> stagings = world.stagings().stream()
                .filter(staging -> CheckState.isCheckable(staging.observedState()))
                .toList();
        for (Staging staging : stagings) {
            await(staging.getName() + " to be checked", () -> {
                CheckScheduler.get().tick();
                return isChecked(staging, begin);
            });
        }
        await("all to be checked", () -> {
            CheckScheduler.get().tick();
            return CheckScheduler.get().checks() - before >= toBeChecked(stagings);
        });
        for (Staging staging : world.stagings()) {
            if (!staging.isBusy()) {
                compare(staging);
            }
        }
    }

    private static long toBeChecked(List<Staging> stagings) {
        return stagings.stream()
                .filter(staging -> !staging.isStale() && CheckState.isCheckable(staging.observedState()))
                .count();
    }

    private static boolean isChecked(Staging staging, Instant begin) {
        boolean asked = !staging.checks().isBeingAsked()
                && (staging.isStale() || !staging.lastChecked().isBefore(begin));
        return asked || !CheckState.isCheckable(staging.observedState());
    }

    private void compare(Staging staging) throws IOException {
        String name = staging.getName();
        ObservedState observed = staging.observedState();
        Status shown = observed.status();
        String state = world.scripts.state(name);
        if (observed.pending() != null || staging.observedState() != observed) {
            return; // Jenkins itself has just asked for something
        }
        Status expected = Rules.expected(shown, state);
        if (staging.isStale()) {
            if (!world.isLasting(FaultKind.CONFIG_FAILS)) {
                world.model.violate(name, "it is stale: " + staging.getStaleReason());
            }
        } else if (expected != null && expected != shown) {
            world.model.violate(name, "it is " + state + ", and is shown as " + shown + " instead of " + expected);
        }
        compareOverrides(staging);
    }

    /** It has what its script was given that began last. What was lost with its agent may have begun. */
    private void compareOverrides(Staging staging) {
        StagingModel known = world.model.of(staging.getName());
        Request last = known.lastBegun;
        String value = staging.getApplicationOverrides().asMap().get("VALUE");
        boolean lost = known.lost != null && Objects.equals(known.lost.value, value);
        if (last != null && last.value != null && !last.value.equals(value) && !lost) {
            world.model.violate(
                    staging.getName(), "its VALUE is " + value + ", though " + last + " was run with " + last.value);
        }
    }

    private void throwViolations() {
        List<Violation> violations = world.model.violations();
        if (violations.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Violation violation : violations.subList(0, Math.min(5, violations.size()))) {
            text.append("\n").append(violation.staging()).append(": ").append(violation.what());
        }
        String staging = violations.get(0).staging();
        text.append("\nThe last events of ").append(staging).append(":\n");
        text.append(String.join("\n", world.log.last(staging, 40)));
        throw new AssertionError(violations.size() + " violations" + text);
    }
}
