package io.jenkins.plugins.octopod.pipeline.pullrequest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PublishingRetriesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final PublishingRetries retries = new PublishingRetries(now::get);
    private final PublishedCheck away = new PublishedCheck("r1", "job#1", "demo/pr-7", null, 0);
    private final PublishedCheck well = new PublishedCheck("r2", "other#1", "demo/pr-7", null, 0);

    @Test
    void countsEachCheckByItself() {
        for (int i = 1; i < PublishingRetries.MAX_FAILURES; i++) {
            assertTrue(retries.isDue(away));
            Duration pause = retries.failed(away);
            assertEquals(Duration.ofSeconds(1L << i - 1), pause);
            retries.succeeded(well);
            assertTrue(retries.isDue(well));
            assertFalse(retries.isDue(away));
            now.addAndGet(pause.toNanos());
        }
        assertNull(retries.failed(away));
        assertEquals(Duration.ofSeconds(1), retries.failed(away), "it begins from the start");
    }

    @Test
    void startsAgainAfterASuccessOrWithoutTheCheck() {
        retries.failed(away);
        retries.succeeded(away);
        assertTrue(retries.isDue(away));
        assertEquals(Duration.ofSeconds(1), retries.failed(away));
        assertNotNull(retries.failed(well));
        retries.retain(List.of(well));
        assertTrue(retries.isDue(away));
        assertFalse(retries.isDue(well));
    }
}
