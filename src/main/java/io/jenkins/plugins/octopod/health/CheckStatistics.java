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

    /** Counts a completed check of a staging. */
    public void checked() {
        checks.increment();
    }

    /** Counts a remote call between controller and agent, in either direction. */
    public void addCall() {
        calls.increment();
    }

    /**
     * Records a completed round of checks of a project’s stagings. Stagings that couldn't be checked count as
     * completed.
     */
    public void addSweep(String project, Duration duration) {
        sweeps.increment();
        lastSweeps.put(project, duration);
    }

    /** Returns the number of completed checks. */
    public long checks() {
        return checks.sum();
    }

    /** Returns the number of remote calls. */
    public long calls() {
        return calls.sum();
    }

    /** Returns the number of completed rounds of checks. */
    public long sweeps() {
        return sweeps.sum();
    }

    /** Returns the duration of the last round of checks, by full name of the project; kept until {@link #forget}. */
    public Map<String, Duration> lastSweeps() {
        return Map.copyOf(lastSweeps);
    }

    /** Removes projects that no longer exist. */
    public void forget(Predicate<String> projects) {
        lastSweeps.keySet().removeIf(projects);
    }
}
