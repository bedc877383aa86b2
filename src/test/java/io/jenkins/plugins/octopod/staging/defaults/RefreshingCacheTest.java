package io.jenkins.plugins.octopod.staging.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a question is asked again, and what is told until then; by a clock that is set. */
class RefreshingCacheTest extends AbstractRefreshingCacheTest {

    @Test
    void nobodyWaitsAndTheScriptIsAskedOnce() throws Exception {
        mayAnswer.drainPermits();
        for (int i = 0; i < 20; i++) {
            assertInstanceOf(CachedValue.Loading.class, cache.ask(QUERY));
        }
        assertTrue(cache.known(QUERY).isEmpty());
        mayAnswer.release(1000);
        assertEquals(ready("first"), settled());
        assertEquals(1, asked.get());
        assertEquals("first", cache.known(QUERY).orElseThrow());
    }

    @Test
    void anAnswerIsAskedAnewAfterTenMinutesAndToldUntilThen() throws Exception {
        settled();
        pass(RefreshingCache.REFRESH.minusSeconds(1));
        assertEquals(ready("first"), cache.ask(QUERY));
        assertEquals(1, asked.get());

        next.set(ready("second"));
        mayAnswer.drainPermits();
        pass(Duration.ofSeconds(2));
        assertEquals("first", cache.ask(QUERY).known().orElseThrow());
        TestProject.await("the second question", () -> asked.get() == 2 ? true : null);
        CachedValue<String> meanwhile = cache.ask(QUERY);
        assertEquals(new CachedValue.Ready<>("first", true, null), meanwhile);
        assertEquals(2, asked.get());
        mayAnswer.release(1000);
        assertEquals(ready("second"), settled());
    }

    @Test
    void tellsWhatWasNotKnownBefore() throws Exception {
        settled();
        cache.put(QUERY, "first");
        assertEquals(List.of(QUERY), List.copyOf(changedQueries));

        DefaultsQuery red = question("red");
        cache.put(red, "said elsewhere");
        assertEquals(List.of(QUERY, red), List.copyOf(changedQueries));

        next.set(new CachedValue.Failed<>("broken"));
        cache.reload(QUERY);
        TestProject.await("the failure", () -> asked.get() == 2 ? true : null);
        TestProject.await(
                "its end",
                () -> cache.ask(QUERY) instanceof CachedValue.Ready<String> ready && !ready.refreshing()
                        ? ready
                        : null);
        assertEquals(List.of(QUERY, red), List.copyOf(changedQueries));

        next.set(ready("second"));
        cache.reload(QUERY);
        assertEquals(ready("second"), settled());
        assertEquals(List.of(QUERY, red, QUERY), List.copyOf(changedQueries));
    }

    @Test
    void lookingAtWhatIsKnownAsksNobody() throws Exception {
        settled();
        pass(RefreshingCache.REFRESH.multipliedBy(3));
        assertEquals("first", cache.known(QUERY).orElseThrow());
        assertTrue(cache.known(question("red")).isEmpty());
        assertEquals(1, asked.get());
    }

    @Test
    void whatCannotBeAskedAnewIsToldWithTheReasonAndDroppedAfterADay() throws Exception {
        settled();
        next.set(new CachedValue.Failed<>("It is broken."));
        pass(RefreshingCache.REFRESH.plusSeconds(1));
        cache.ask(QUERY);
        CachedValue.Ready<String> old = TestProject.await(
                "the failure beside the old answer",
                () -> cache.ask(QUERY) instanceof CachedValue.Ready<String> ready && ready.problem() != null
                        ? ready
                        : null);
        assertEquals("first", old.value());
        assertEquals("It is broken.", old.problem());

        // Counted from when it was said, not from when it was last asked for in vain.
        pass(RefreshingCache.DROP.minus(RefreshingCache.REFRESH));
        assertTrue(cache.known(QUERY).isEmpty());
        assertEquals(new CachedValue.Failed<>("It is broken."), settled());
    }

    @Test
    void aFailureIsToldForSomeSecondsAndThenAskedAgain() throws Exception {
        next.set(new CachedValue.Failed<>("It is broken."));
        assertEquals(next.get(), settled());
        pass(RefreshingCache.RETRY.minusSeconds(1));
        assertEquals(next.get(), cache.ask(QUERY));
        assertEquals(1, asked.get());

        next.set(ready("mended"));
        pass(Duration.ofSeconds(2));
        assertEquals(ready("mended"), settled());
        assertEquals(2, asked.get());
    }

    @Test
    void whoReloadsDoesNotWaitForTheFailureToBeForgotten() throws Exception {
        next.set(new CachedValue.Unavailable<>("Nobody is there."));
        settled();
        next.set(ready("there"));
        cache.reload(QUERY);
        assertEquals(ready("there"), settled());

        next.set(ready("newer"));
        mayAnswer.drainPermits();
        cache.reload(QUERY);
        TestProject.await("the third question", () -> asked.get() == 3 ? true : null);
        // That script can have read what has changed before this reload.
        cache.reload(QUERY);
        assertEquals(new CachedValue.Ready<>("there", true, null), cache.ask(QUERY));
        mayAnswer.release(1000);
        assertEquals(ready("newer"), settled());
        assertEquals(4, asked.get());
    }

    @Test
    void anAnswerOnItsWayIsDroppedToo() throws Exception {
        mayAnswer.drainPermits();
        cache.ask(QUERY);
        TestProject.await("the first question", () -> asked.get() == 1 ? true : null);
        cache.invalidate(defaultsQuery -> true);
        mayAnswer.release(1);
        mayAnswer.release(1000);
        next.set(ready("with other settings"));
        assertEquals(ready("with other settings"), settled());
        assertEquals(2, asked.get());
    }

    @Test
    void whatSomebodyElseWasToldIsKnown() throws Exception {
        settled();
        cache.put(QUERY, "told to a run");
        assertEquals(ready("told to a run"), cache.ask(QUERY));
        cache.put(question("red"), "told for red");
        assertEquals("told for red", cache.known(question("red")).orElseThrow());
        assertEquals(1, asked.get());
    }

    @Test
    void thereIsAnEndToWhatIsRemembered() throws Exception {
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            cache.put(question("color" + i), large);
        }
        TestProject.await("most to be forgotten", () -> {
            // It is tidied up as it is used.
            cache.put(QUERY, "small");
            int known = 0;
            for (int i = 0; i < 40; i++) {
                known += cache.known(question("color" + i)).isPresent() ? 1 : 0;
            }
            return known <= 16 && known > 0 ? true : null;
        });
    }
}
