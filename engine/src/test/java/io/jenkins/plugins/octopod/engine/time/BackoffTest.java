package io.jenkins.plugins.octopod.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void pausesDoubleUpToTheMaximum() {
        Backoff backoff = Backoff.doubling(SECOND, Duration.ofSeconds(10));
        assertEquals(
                LongStream.of(1, 2, 4, 8, 10, 10).mapToObj(Duration::ofSeconds).toList(),
                IntStream.rangeClosed(1, 6).mapToObj(backoff::pause).toList());
        assertEquals(Duration.ofSeconds(10), backoff.pause(Integer.MAX_VALUE));
        assertEquals(SECOND, backoff.pause(0));
    }

    @Test
    void aPauseFollowsAnother() {
        Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2), 1.5);
        assertEquals(Duration.ofMillis(375), backoff.next(Duration.ofMillis(250)));
        assertEquals(Duration.ofSeconds(2), backoff.next(Duration.ofMillis(1500)));
        assertEquals(Duration.ofSeconds(2), backoff.next(Duration.ofDays(100_000)));
        assertEquals(Duration.ofMillis(250), backoff.next(Duration.ofMillis(50)));
        assertEquals(Duration.ofMillis(250), backoff.next(Duration.ZERO));
    }

    @Test
    void whatDoesNotGrowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Backoff.doubling(Duration.ZERO, SECOND));
        assertThrows(IllegalArgumentException.class, () -> Backoff.doubling(SECOND, Duration.ofMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(SECOND, SECOND, 1));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(SECOND, SECOND, Double.NaN));
    }
}
