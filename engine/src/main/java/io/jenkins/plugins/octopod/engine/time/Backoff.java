package io.jenkins.plugins.octopod.engine.time;

import java.time.Duration;

/**
 * Exponential backoff: pauses between attempts that grow from a minimum by a factor up to a maximum. Immutable.
 *
 * @param min first pause; positive
 * @param max longest pause
 * @param factor ratio of a pause to the one before; greater than 1
 */
public record Backoff(Duration min, Duration max, double factor) {

    public Backoff {
        if (min.isNegative() || min.isZero() || max.compareTo(min) < 0 || !(factor > 1)) {
            throw new IllegalArgumentException("not a backoff: " + min + ", " + max + ", " + factor);
        }
    }

    /** Returns a backoff in which each pause is twice as long as the one before. */
    public static Backoff doubling(Duration min, Duration max) {
        return new Backoff(min, max, 2);
    }

    /**
     * Returns the pause after a number of failed attempts.
     *
     * @param failures number of consecutive failures; at least 1
     */
    public Duration pause(int failures) {
        return times(min, Math.pow(factor, Math.max(0, failures - 1)));
    }

    /** Returns the pause that follows the given one. */
    public Duration next(Duration pause) {
        Duration longer = times(pause, factor);
        return longer.compareTo(min) < 0 ? min : longer;
    }

    private Duration times(Duration pause, double by) {
        double nanos = pause.toNanos() * by;
        return nanos < max.toNanos() ? Duration.ofNanos((long) nanos) : max;
    }
}
