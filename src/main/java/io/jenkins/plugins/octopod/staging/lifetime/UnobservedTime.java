package io.jenkins.plugins.octopod.staging.lifetime;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Periods that passed by the clock, but that Jenkins did not observe, because it was off or the clock was set forward.
 * Immutable. Its fields are stored by their names, see {@link ObservedTime}.
 */
@ModuleInternal
public final class UnobservedTime {

    /**
     * Length that a period must exceed to count. Jenkins can be off, or the clock can be set forward, for this long
     * each time.
     */
    static final Duration TOLERANCE = Duration.ofDays(1);

    /** In milliseconds since the epoch. */
    private final long lastLook;

    private final List<Period> periods;

    private UnobservedTime(Instant lastLook, List<Period> periods) {
        this.lastLook = lastLook.toEpochMilli();
        this.periods = periods;
    }

    /** One period, with times in milliseconds. */
    static final class Period {

        private final long end;
        private final long length;

        private Period(Instant end, Duration length) {
            this.end = end.toEpochMilli();
            this.length = length.toMillis();
        }

        /** Returns whether the period has ended. A period that ends later was recorded while the clock was ahead. */
        boolean isPast(Instant now) {
            return end <= now.plus(TOLERANCE).toEpochMilli();
        }

        Duration length() {
            return Duration.ofMillis(length);
        }

        /** Returns how much of the period is after that time; can be negative. */
        long millisAfter(Instant from) {
            return Math.min(length, end - from.toEpochMilli());
        }
    }

    static UnobservedTime startingAt(Instant now) {
        return new UnobservedTime(now, new ArrayList<>());
    }

    Instant lastLook() {
        return Instant.ofEpochMilli(lastLook);
    }

    /**
     * Returns the periods after a look at the clocks.
     *
     * @param observed elapsed time since the last look that Jenkins has observed
     */
    UnobservedTime lookedAt(Instant now, Duration observed) {
        Duration jump = Duration.between(lastLook(), now).minus(observed);
        List<Period> known = new ArrayList<>(periods);
        if (jump.compareTo(TOLERANCE) > 0) {
            known.add(new Period(now, jump.minus(TOLERANCE)));
        } else if (jump.isNegative()) {
            undo(known, jump.negated(), now);
        }
        return new UnobservedTime(now, known);
    }

    /**
     * Removes the latest periods if setting the clock back has undone them. If the clock is only temporarily wrong, it
     * will be set forward again, which is recorded as a new period.
     */
    private static void undo(List<Period> known, Duration back, Instant now) {
        Duration left = back;
        for (int last = known.size() - 1; last >= 0; last--) {
            Period period = known.get(last);
            if (period.isPast(now) || period.length().compareTo(left) > 0) {
                return;
            }
            left = left.minus(period.length());
            known.remove(last);
        }
    }

    /** Returns when the latest period ended, in milliseconds since the epoch; 0 if there is none. */
    long latestEnd() {
        return periods.isEmpty() ? 0 : periods.get(periods.size() - 1).end;
    }

    /** Returns whether the object has everything that a stored one must have. */
    boolean isComplete() {
        return periods != null;
    }

    /** Returns how much of the time between two instants was not observed. */
    public Duration between(Instant from, Instant now) {
        long millis = periods.stream()
                .filter(period -> period.isPast(now))
                .mapToLong(period -> Math.max(0, period.millisAfter(from)))
                .sum();
        return Duration.ofMillis(millis);
    }
}
