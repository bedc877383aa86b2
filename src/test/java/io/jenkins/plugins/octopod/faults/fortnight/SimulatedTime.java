package io.jenkins.plugins.octopod.faults.fortnight;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of the simulation, and the clock of the controller, which may be wrong. Both go on between leaps. Thread-safe. */
final class SimulatedTime implements InstantSource {

    private volatile Duration offset;
    private volatile Duration leapt = Duration.ZERO;
    private volatile Duration error = Duration.ZERO;

    SimulatedTime(Instant start) {
        offset = Duration.between(Clock.systemUTC().instant(), start);
    }

    /** What time it is. */
    Instant now() {
        return Clock.systemUTC().instant().plus(offset);
    }

    /** What the controller's clock says. */
    @Override
    public Instant instant() {
        return now().plus(error);
    }

    /** Elapsed time, which no clock changes. */
    long nanoTime() {
        return System.nanoTime() + leapt.toNanos();
    }

    void leap(Duration time) {
        offset = offset.plus(time);
        leapt = leapt.plus(time);
    }

    /** From now on the controller's clock is wrong by that much. */
    void setError(Duration newError) {
        error = newError;
    }
}
