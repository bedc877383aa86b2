package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** Who shares a pool of an agent, and how long it is there. */
class ScriptPoolTest {

    private static SideBySide limits(String pool, int most) {
        return new SideBySide(pool, most, Duration.ofSeconds(30));
    }

    @Test
    void whoNamesTheSameSharesItWithTheSizeThatIsWantedNow() {
        ThreadPoolExecutor pool = ScriptPool.get(limits("shared", 4));
        assertNotSame(pool, ScriptPool.get(limits("another", 4)));
        for (int most : new int[] {8, 2}) {
            assertSame(pool, ScriptPool.get(limits("shared", most)));
            assertEquals(most, pool.getMaximumPoolSize());
            assertEquals(most, pool.getCorePoolSize());
        }
    }

    @Test
    void aPoolIsThereAsLongAsSomebodyUsesIt() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ScriptPool.get(limits("used", 1)).submit(() -> {
            end.await();
            return null;
        });
        for (int i = 0; i < 10; i++) {
            ScriptPool.get(limits("renamed-" + i, 1));
        }
        TestProject.await("the unused to be gone", () -> {
            System.gc();
            return ScriptPool.names().stream().anyMatch(name -> name.startsWith("renamed-")) ? null : true;
        });
        assertEquals(1, ScriptPool.names().stream().filter("used"::equals).count(), "its script is running");
        end.countDown();
    }
}
