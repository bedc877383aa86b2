package io.jenkins.plugins.octopod.staging.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.support.FairExecutor.Owner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever one user asks for, others get their turn. */
class FairExecutorTest {

    private static final int THREADS = 8;
    private static final Owner ALICE = new Owner("alice", "one");
    private static final Owner BOB = new Owner("bob", "two");
    private static final Owner JENKINS = new Owner(null, "one");

    private final AtomicBoolean noThreadIsLeft = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool(LimitedThread::new);
    private final FairExecutor executor = new FairExecutor(threads, () -> THREADS);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void stop() {
        letGo.countDown();
        threads.shutdownNow();
    }

    private void hold(Owner owner, int times) {
        for (int i = 0; i < times; i++) {
            executor.execute(owner, 0, () -> {
                running.incrementAndGet();
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** They begin on threads of their own. */
    private void assertRunning(int expected) throws Exception {
        TestProject.await(expected + " tasks to run", () -> running.get() >= expected ? true : null);
        assertEquals(expected, running.get());
    }

    private void assertRuns(Owner owner) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(owner, 0, done::countDown);
        assertTrue(done.await(1, TimeUnit.MINUTES), () -> owner + " has to wait");
    }

    @Test
    void oneUserGetsHalfOfTheThreads() throws Exception {
        hold(ALICE, 100);
        assertRuns(BOB);
        assertRunning(THREADS / 2);
    }

    @Test
    void theLastQuarterIsForThoseForWhomLittleRuns() throws Exception {
        hold(ALICE, 100);
        hold(BOB, 100);
        hold(new Owner("carol", "three"), 1);
        assertRuns(new Owner("dave", "four"));
    }

    @Test
    void oneProjectIsLimitedWhoeverAsks() throws Exception {
        for (int i = 0; i < 20; i++) {
            hold(new Owner("user" + i, "one"), 10);
        }
        assertRuns(BOB);
        assertRunning(THREADS / 2);
    }

    @Test
    void aLimitedNumberWaitsForAUserAndAnyNumberForJenkins() {
        hold(ALICE, THREADS / 2 + FairExecutor.MAX_WAITING_PER_USER);
        assertThrows(RejectedExecutionException.class, () -> executor.execute(ALICE, 0, () -> {}));
        assertTrue(executor.accepts(BOB, 0));
        hold(JENKINS, 2 * FairExecutor.MAX_WAITING_PER_USER);
    }

    @Test
    void aLimitedSizeWaitsForAUser() {
        hold(ALICE, THREADS);
        executor.execute(ALICE, FairExecutor.MAX_WAITING_WEIGHT_PER_USER, () -> {});
        assertThrows(RejectedExecutionException.class, () -> executor.execute(ALICE, 1, () -> {}));
    }

    @Test
    void whatIsRemovedDoesNotRun() throws Exception {
        Runnable removed = () -> running.addAndGet(1000);
        hold(ALICE, THREADS);
        executor.execute(ALICE, 10, removed);
        executor.remove(ALICE, removed);
        letGo.countDown();
        assertRuns(ALICE);
        assertFalse(running.get() >= 1000);
    }

    @Test
    void whatGetsNoThreadIsDoneByThoseThatRun() throws Exception {
        hold(ALICE, 1);
        assertRunning(1);
        noThreadIsLeft.set(true);
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 10; i++) {
            accept(ALICE, done::countDown);
            accept(BOB, done::countDown);
        }
        letGo.countDown();
        assertTrue(done.await(1, TimeUnit.MINUTES), () -> done.getCount() + " tasks have not run");
    }

    /** JUnit ends the whole process at an error of this kind. */
    private void accept(Owner owner, Runnable task) {
        try {
            executor.execute(owner, 1, task);
        } catch (OutOfMemoryError e) {
            throw new AssertionError("no task of " + owner + " is accepted", e);
        }
    }

    @Test
    void whatNoThreadDoesIsRefused() throws Exception {
        noThreadIsLeft.set(true);
        for (int i = 0; i < 2 * FairExecutor.MAX_WAITING_PER_USER; i++) {
            assertThrows(OutOfMemoryError.class, () -> executor.execute(ALICE, 1, running::incrementAndGet));
        }
        noThreadIsLeft.set(false);
        assertRuns(ALICE);
        assertEquals(0, running.get());
    }

    @Test
    void whatFailsOrIsCanceledHarmsNothingElse() throws Exception {
        for (int i = 0; i < THREADS; i++) {
            executor.execute(ALICE, 0, () -> {
                throw new IllegalStateException("as of a task with a bug");
            });
            executor.execute(ALICE, 0, () -> Thread.currentThread().interrupt());
        }
        CountDownLatch undisturbed = new CountDownLatch(1);
        executor.execute(ALICE, 0, () -> {
            if (!Thread.currentThread().isInterrupted()) {
                undisturbed.countDown();
            }
        });
        assertTrue(undisturbed.await(1, TimeUnit.MINUTES));
        assertRuns(ALICE);
    }

    /** No test can use up the threads of a machine that others work on. */
    private final class LimitedThread extends Thread {

        LimitedThread(Runnable body) {
            super(body);
        }

        @Override
        public synchronized void start() {
            if (noThreadIsLeft.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            super.start();
        }
    }
}
