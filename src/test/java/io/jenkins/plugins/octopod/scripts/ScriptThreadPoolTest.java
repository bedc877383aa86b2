package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.scripts.ask.ConcurrencyLimit;
import io.jenkins.plugins.octopod.scripts.ask.ScriptThreadPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** Who shares a pool of an agent, and how long it is there. */
class ScriptThreadPoolTest {

    private static ConcurrencyLimit limits(String pool, int most) {
        return new ConcurrencyLimit(pool, most, Duration.ofSeconds(30));
    }

    @Test
    void whoNamesTheSameSharesItWithTheSizeThatIsWantedNow() {
        ThreadPoolExecutor pool = ScriptThreadPool.get(limits("shared", 4));
        assertNotSame(pool, ScriptThreadPool.get(limits("another", 4)));
        for (int most : new int[] {8, 2}) {
            assertSame(pool, ScriptThreadPool.get(limits("shared", most)));
            assertEquals(most, pool.getMaximumPoolSize());
            assertEquals(most, pool.getCorePoolSize());
        }
    }

    @Test
    void aPoolIsThereAsLongAsSomebodyUsesIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ScriptThreadPool.get(limits("used", 1)).submit(() -> {
            end.await();
            return null;
        });
        for (int i = 0; i < 10; i++) {
            ScriptThreadPool.get(limits("renamed-" + i, 1));
        }
        TestProject.await("the unused to be gone", () -> {
            System.gc();
            return ScriptThreadPool.names().stream().anyMatch(name -> name.startsWith("renamed-")) ? null : true;
        });
        assertEquals(1, ScriptThreadPool.names().stream().filter("used"::equals).count(), "its script is running");
        end.countDown();
    }
}
