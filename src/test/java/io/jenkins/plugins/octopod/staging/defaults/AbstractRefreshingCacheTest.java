package io.jenkins.plugins.octopod.staging.defaults;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;

/** A cache of texts whose clock, script and threads a test controls. */
abstract class AbstractRefreshingCacheTest {

    static final DefaultsQuery QUERY = question("blue");

    final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicLong clock = new AtomicLong();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicReference<CachedValue<String>> next = new AtomicReference<>(ready("first"));
    final Semaphore mayAnswer = new Semaphore(1000);
    final Queue<DefaultsQuery> changedQueries = new ConcurrentLinkedQueue<>();
    final AtomicBoolean rejects = new AtomicBoolean();
    final AtomicBoolean holds = new AtomicBoolean();
    final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    final RefreshingCache<String> cache = new RefreshingCache<>(
            defaultsQuery -> {
                asked.incrementAndGet();
                mayAnswer.acquireUninterruptibly();
                return next.get();
            },
            String::length,
            defaultsQuery -> this::execute,
            clock::get,
            changedQueries::add);

    void execute(Runnable task) {
        if (rejects.get()) {
            throw new RejectedExecutionException("for a test");
        }
        if (holds.get()) {
            held.add(task);
        } else {
            threads.execute(task);
        }
    }

    @AfterEach
    void stop() {
        mayAnswer.release(1000);
        threads.shutdownNow();
    }

    CachedValue<String> settled() throws Exception {
        CachedValue<String> cachedValue = TestProject.await("an answer", () -> {
            CachedValue<String> now = cache.ask(QUERY);
            boolean refreshing = now instanceof CachedValue.Ready<String> ready && ready.refreshing();
            return now instanceof CachedValue.Loading || refreshing ? null : now;
        });
        if (cachedValue instanceof CachedValue.Ready<String> ready) {
            assertNull(ready.problem());
        }
        return cachedValue;
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    static CachedValue<String> ready(String value) {
        return new CachedValue.Ready<>(value, false, null);
    }

    static DefaultsQuery question(String color) {
        return new DefaultsQuery(
                "demo",
                new ProjectIdentity("demo", "example.com", "demo"),
                null,
                null,
                ControlScript.APPLICATION_CONFIG,
                Configuration.of(Map.of("color", color)));
    }
}
