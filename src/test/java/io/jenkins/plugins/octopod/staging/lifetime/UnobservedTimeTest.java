package io.jenkins.plugins.octopod.staging.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which time does not count as time in the archive. No Jenkins is needed. */
class UnobservedTimeTest {

    private static final Instant START = Instant.parse("2031-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = START;
    private UnobservedTime time = UnobservedTime.startingAt(START);

    private void pass(Duration duration) {
        now = now.plus(duration);
        time = time.lookedAt(now, duration);
    }

    /** The clock is set, or Jenkins is off. */
    private void jump(Duration duration) {
        now = now.plus(duration);
        time = time.lookedAt(now, Duration.ZERO);
    }

    private long daysSince(Instant from) {
        return time.between(from, now).toDays();
    }

    @Test
    void aDayOfEachJumpCounts() {
        pass(Duration.ofDays(3));
        assertEquals(0, daysSince(START));
        jump(Duration.ofDays(30));
        assertEquals(29, daysSince(START));
        jump(Duration.ofHours(23));
        jump(Duration.ofHours(-1));
        assertEquals(29, daysSince(START));
        assertEquals(0, daysSince(now.minusMillis(1)));
    }

    @Test
    void aClockThatIsAheadForAWhileLeavesNothing() {
        for (int days : new int[] {2, 20, 4000}) {
            jump(Duration.ofDays(days));
            pass(MINUTE);
            jump(Duration.ofDays(-days));
            assertEquals(0, daysSince(START), days + " days");
            pass(Duration.ofDays(days + 10L));
            assertEquals(0, daysSince(START), days + " days, when it is as late as that");
        }
    }

    /** What was not observed before does not count because of a clock that is behind for a look. */
    @Test
    void aClockThatIsBehindForAWhileTakesNothingAway() {
        for (int days : new int[] {2, 3, 29, 30, 31, 60}) {
            now = START;
            time = UnobservedTime.startingAt(START);
            jump(Duration.ofDays(30));
            jump(Duration.ofDays(-days));
            jump(Duration.ofDays(days));
            assertTrue(daysSince(START) >= 28, days + " days behind: " + daysSince(START));
            pass(Duration.ofDays(20));
            assertTrue(daysSince(START) >= 28, days + " days behind: " + daysSince(START));
        }
    }

    /** A machine without a battery for its clock begins each time in 1970. */
    @Test
    void aPeriodCountsOnlyAsFarAsItIsAfterTheStart() {
        Instant archived = now.minus(Duration.ofDays(10));
        jump(Duration.between(now, Instant.EPOCH));
        jump(Duration.between(Instant.EPOCH, START));
        assertEquals(10, daysSince(archived));
        pass(Duration.ofDays(5));
        assertEquals(10, daysSince(archived));
        assertEquals(0, daysSince(now.minus(Duration.ofDays(5))));
    }
}
