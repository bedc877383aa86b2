package io.jenkins.plugins.octopod.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** What sweeps have done since Jenkins started. Safe for any thread. */
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
    public void called() {
        calls.increment();
    }

    /** All stagings of a project that were asked together have answered, or can't be asked; after so long. */
    public void swept(String project, Duration duration) {
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

    /** How many sweeps, each over one project, have ended. */
    public long sweeps() {
        return sweeps.sum();
    }

    /** By the project's full name, how long its last sweep took; a project that is no more stays until {@link #forget}. */
    public Map<String, Duration> lastSweeps() {
        return Map.copyOf(lastSweeps);
    }

    /** Forgets projects that are no more. */
    public void forget(Predicate<String> projects) {
        lastSweeps.keySet().removeIf(projects);
    }
}
