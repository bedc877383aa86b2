package io.jenkins.plugins.octopod.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counters and durations of the checks since Jenkins started. Thread-safe. */
public final class CheckStatistics {

    private final LongAdder checks = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder sweeps = new LongAdder();
    private final Map<String, Duration> lastSweeps = new ConcurrentHashMap<>();

    /** A staging has been asked how it is, and has answered. */
    public void checked() {
        checks.increment();
    }

    /** There was a remote call, from the controller or to it. */
    public void addCall() {
        calls.increment();
    }

    /** All stagings of a project that were asked together have answered, or can't be asked; after so long. */
    public void addSweep(String project, Duration duration) {
        sweeps.increment();
        lastSweeps.put(project, duration);
    }

    /** How many checks were answered. */
    public long checks() {
        return checks.sum();
    }

    /** How many remote calls it took. */
    public long calls() {
        return calls.sum();
    }

    /** Number of completed checks of all stagings of a project. */
    public long sweeps() {
        return sweeps.sum();
    }

    /** Duration of the last check of all stagings, by full name of the project; kept until {@link #forget}. */
    public Map<String, Duration> lastSweeps() {
        return Map.copyOf(lastSweeps);
    }

    /** Forgets projects that are no more. */
    public void forget(Predicate<String> projects) {
        lastSweeps.keySet().removeIf(projects);
    }
}
