package io.jenkins.plugins.octopod.staging.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of scripts, reloads and settings that meet. */
class RefreshingCacheRaceTest extends AbstractRefreshingCacheTest {

    /** A page asks again only while a result is being refreshed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOutdatedResultIsNeverToldAsTheLast(boolean reload) throws Exception {
        settled();
        for (int i = 0; i < 900; i++) {
            next.set(ready("result " + i));
            if (reload) {
                cache.reload(QUERY);
            } else {
                pass(RefreshingCache.REFRESH.plusSeconds(1));
            }
            CachedValue<String> told = cache.ask(QUERY);
            while (told.equals(new CachedValue.Ready<>(told.known().orElseThrow(), true, null))) {
                Thread.onSpinWait();
                told = cache.ask(QUERY);
            }
            assertEquals(next.get(), told);
        }
    }

    /** The older script can have read what has changed before the reload. */
    @Test
    void aReloadWhileAnOlderScriptRunsHasAScriptOfItsOwn() throws Exception {
        settled();
        mayAnswer.drainPermits();
        next.set(ready("older"));
        pass(RefreshingCache.REFRESH.plusSeconds(1));
        cache.ask(QUERY);
        TestProject.await("the refresh", () -> asked.get() == 2 ? true : null);
        cache.reload(QUERY);
        // A page asks as long as the older script runs.
        for (int i = 0; i < 5; i++) {
            pass(RefreshingCache.RETRY.minusSeconds(1));
            cache.ask(QUERY);
        }
        mayAnswer.release();
        TestProject.await("the script of the reload", () -> {
            cache.ask(QUERY);
            return asked.get() == 3 ? true : null;
        });
        assertTrue(((CachedValue.Ready<String>) cache.ask(QUERY)).refreshing());
        next.set(ready("newer"));
        mayAnswer.release(1000);
        assertEquals(ready("newer"), settled());
        assertEquals(3, asked.get());
    }

    /** A result that is stored must not take away the script that a reload has started meanwhile. */
    @Test
    void aReloadWhileAResultIsStoredIsNotLost() throws Exception {
        Semaphore mayStore = new Semaphore(0);
        CountDownLatch stores = new CountDownLatch(1);
        RefreshingCache<String> storing = new RefreshingCache<>(
                defaultsQuery -> {
                    mayAnswer.acquireUninterruptibly();
                    return next.get();
                },
                value -> {
                    if (value.equals("second")) {
                        stores.countDown();
                        mayStore.acquireUninterruptibly();
                    }
                    return value.length();
                },
                defaultsQuery -> threads,
                clock::get,
                changedQueries::add);
        storing.put(QUERY, "first");
        next.set(ready("second"));
        mayAnswer.drainPermits();
        storing.reload(QUERY);
        mayAnswer.release(1000);
        assertTrue(stores.await(60, TimeUnit.SECONDS), "the second result is not stored");
        next.set(ready("third"));
        Thread reload = new Thread(() -> storing.reload(QUERY));
        reload.start();
        TestProject.await(
                "the reload to be made, or to wait",
                () -> Set.of(Thread.State.TERMINATED, Thread.State.BLOCKED).contains(reload.getState()) ? true : null);
        mayStore.release();
        TestProject.await("the third result", () -> storing.ask(QUERY).equals(next.get()) ? true : null);
    }

    /** It is not known which of two scripts has read what holds now. */
    @Test
    void aScriptThatEndsAfterAnotherWasToldIsRunOnceMore() throws Exception {
        settled();
        mayAnswer.drainPermits();
        next.set(ready("older"));
        cache.reload(QUERY);
        TestProject.await("the reload", () -> asked.get() == 2 ? true : null);
        cache.put(QUERY, "told to a run");
        mayAnswer.release();
        TestProject.await("another script", () -> asked.get() == 3 ? true : null);
        next.set(ready("newer"));
        mayAnswer.release(1000);
        assertEquals(ready("newer"), settled());
    }

    @Test
    void aReloadThatIsRejectedIsTriedAgain() throws Exception {
        settled();
        next.set(ready("second"));
        rejects.set(true);
        cache.reload(QUERY);
        assertEquals(ready("first"), cache.ask(QUERY));
        assertEquals(1, asked.get());
        rejects.set(false);
        assertEquals(ready("second"), settled());
        assertEquals(2, asked.get());

        mayAnswer.drainPermits();
        cache.reload(QUERY);
        TestProject.await("the reload", () -> asked.get() == 3 ? true : null);
        next.set(ready("third"));
        cache.reload(QUERY);
        rejects.set(true);
        mayAnswer.release();
        TestProject.await("the end of the reload", () -> cache.ask(QUERY).equals(ready("third")) ? true : null);
        next.set(ready("fourth"));
        rejects.set(false);
        mayAnswer.release(1000);
        assertEquals(ready("fourth"), settled());
    }

    @Test
    void whatIsInvalidatedBeforeItBeginsDoesNotRun() throws Exception {
        holds.set(true);
        cache.ask(QUERY);
        for (int i = 0; i < 5; i++) {
            cache.invalidate(defaultsQuery -> true);
            cache.ask(QUERY);
        }
        assertEquals(6, held.size());
        held.forEach(Runnable::run);
        assertEquals(ready("first"), cache.ask(QUERY));
        assertEquals(1, asked.get());
    }

    @Test
    void aWaitOutlivesAnInvalidation() throws Exception {
        mayAnswer.drainPermits();
        Future<CachedValue<String>> waiting = threads.submit(() -> cache.await(QUERY, Duration.ofMinutes(1)));
        TestProject.await("the first script", () -> asked.get() == 1 ? true : null);
        cache.invalidate(defaultsQuery -> true);
        next.set(ready("with other settings"));
        mayAnswer.release(1000);
        assertEquals(ready("with other settings"), waiting.get());
    }
}
