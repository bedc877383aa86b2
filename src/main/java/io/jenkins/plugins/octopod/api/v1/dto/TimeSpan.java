package io.jenkins.plugins.octopod.api.v1.dto;

import java.math.BigDecimal;

/**
 * Duration in the original’s format.
 *
 * @param months always zero
 * @param time duration in seconds
 */
public record TimeSpan(long months, BigDecimal time) {

    private static final int DIGITS_OF_MILLIS = 3;

    static TimeSpan ofMillis(long millis) {
        return new TimeSpan(0, BigDecimal.valueOf(millis, DIGITS_OF_MILLIS).stripTrailingZeros());
    }
}
