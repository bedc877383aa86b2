package io.jenkins.plugins.octopod.staging.lifetime;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The periods that passed by the clock and that Jenkins did not observe: it was off, or the clock was set forward. Immutable.
 * Its fields are stored by their names, see {@link ObservedTime}.
 */
@ModuleInternal
public final class UnobservedTime {

    /** What a period must exceed to count: Jenkins may be off, or the clock may be set forward, by as much each time. */
    static final Duration TOLERANCE = Duration.ofDays(1);

    /** In milliseconds since the epoch. */
    private final long lastLook;

    private final List<Period> periods;

    private UnobservedTime(Instant lastLook, List<Period> periods) {
        this.lastLook = lastLook.toEpochMilli();
        this.periods = periods;
    }

    /** One period; times are in milliseconds. */
    static final class Period {

        private final long end;
        private final long length;

        private Period(Instant end, Duration length) {
            this.end = end.toEpochMilli();
            this.length = length.toMillis();
        }

        /** One that ends later was recorded while the clock was ahead. */
        boolean isPast(Instant now) {
            return end <= now.plus(TOLERANCE).toEpochMilli();
        }

        Duration length() {
            return Duration.ofMillis(length);
        }

        /** How much of it is after that moment; may be negative. */
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

    /** @param observed the elapsed time since the last look that Jenkins has observed */
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
     * Removes the latest periods that a clock that was set back has undone. A clock that is only wrong now will be set forward by as
     * much, which is a period of its own then.
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

    /** Whether nothing is missing that a stored one must have. */
    boolean isComplete() {
        return periods != null;
    }

    /** Returns how much of the time between two moments was not observed. */
    public Duration between(Instant from, Instant now) {
        long millis = periods.stream()
                .filter(period -> period.isPast(now))
                .mapToLong(period -> Math.max(0, period.millisAfter(from)))
                .sum();
        return Duration.ofMillis(millis);
    }
}
