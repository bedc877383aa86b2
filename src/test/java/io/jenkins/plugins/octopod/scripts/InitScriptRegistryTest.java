package io.jenkins.plugins.octopod.scripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InitScriptRegistryTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong nanoTime = new AtomicLong();
    private final InitScriptRegistry initScripts = new InitScriptRegistry(nanoTime::get);
    private final VirtualChannel channel = new LocalChannel(threads);
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void runsOnceForEachConnectionAndDirectory() throws Exception {
        VirtualChannel next = new LocalChannel(threads);
        for (int i = 0; i < 2; i++) {
            initScripts.initialize(channel, "a", "", runs::incrementAndGet);
            initScripts.initialize(channel, "b", "", runs::incrementAndGet);
            initScripts.initialize(next, "a", "", runs::incrementAndGet);
        }
        assertEquals(3, runs.get());
    }

    @Test
    void whatFailedIsRunAgain() throws Exception {
        assertThrows(
                ScriptFailureException.class,
                () -> initScripts.initialize(channel, "a", "", () -> {
                    throw new ScriptFailureException("no");
                }));
        initScripts.initialize(channel, "a", "", runs::incrementAndGet);
        assertEquals(1, runs.get());
    }

    @Test
    void secretsThatDifferAtEachReadAreNoReasonToRunItEachTime() throws Exception {
        for (int i = 0; i < 100; i++) {
            initScripts.initialize(channel, "a", "digest " + i, runs::incrementAndGet);
        }
        assertEquals(1, runs.get());
        assertEquals(1, initScripts.size(channel));
    }

    @Test
    void anotherSecretIsAReasonToRunItOnceMore() throws Exception {
        initScripts.initialize(channel, "a", "old", runs::incrementAndGet);
        nanoTime.addAndGet(InitScriptRegistry.MIN_INTERVAL.toNanos());
        initScripts.initialize(channel, "a", "old", runs::incrementAndGet);
        assertEquals(1, runs.get());
        initScripts.initialize(channel, "a", "new", runs::incrementAndGet);
        initScripts.initialize(channel, "a", "new", runs::incrementAndGet);
        assertEquals(2, runs.get());
        initScripts.initialize(channel, "a", "newest", runs::incrementAndGet);
        assertEquals(2, runs.get(), "not within the interval");
    }

    @Test
    void whatIsRememberedOfAConnectionIsBounded() throws Exception {
        for (int i = 0; i < 3000; i++) {
            initScripts.initialize(channel, "bindings " + i, "", runs::incrementAndGet);
        }
        TestProject.await("the oldest to be evicted", () -> initScripts.size(channel) <= 1000 ? true : null);
    }

    @Test
    void othersWaitUntilItHasEnded() throws Exception {
        Future<?> first = begin();
        FutureTask<Void> second = task();
        awaitWaiting(start(second));
        initScripts.initialize(channel, "another directory", "", () -> {});
        mayEnd.countDown();
        first.get();
        second.get();
        assertEquals(1, runs.get());
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        Future<?> first = begin();
        FutureTask<Void> second = task();
        Thread waiting = start(second);
        awaitWaiting(waiting);
        waiting.interrupt();
        ExecutionException e = assertThrows(ExecutionException.class, () -> second.get(10, TimeUnit.SECONDS));
        assertInstanceOf(InterruptedException.class, e.getCause());
        mayEnd.countDown();
        first.get();
        assertEquals(1, runs.get());
    }

    private Future<?> begin() throws InterruptedException {
        Future<?> first = threads.submit(task());
        begun.await();
        return first;
    }

    private FutureTask<Void> task() {
        return new FutureTask<>(() -> {
            initScripts.initialize(channel, "a", "", () -> {
                runs.incrementAndGet();
                begun.countDown();
                mayEnd.await();
            });
            return null;
        });
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "waiting for init");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED) {
            Thread.sleep(5);
        }
    }
}
