package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs tasks of many users and projects, a limited number at once. A single user or project may use half of the
 * threads. While three quarters of the threads are in use, it may use only a quarter. The next task belongs to the
 * owner for whom the fewest tasks run. The waiting tasks of each user are limited. Thread-safe.
 */
public final class FairExecutor {

    private static final Logger LOGGER = Logger.getLogger(FairExecutor.class.getName());

    /** Maximum number of tasks of one user that wait. */
    static final int MAX_WAITING_PER_USER = 200;

    /** Maximum weight of the tasks of one user that wait, in characters. */
    static final int MAX_WAITING_WEIGHT_PER_USER = 4 << 20;

    /**
     * The user and the project that a task runs for.
     *
     * @param user name of the user; null for Jenkins itself, which no limit per user applies to
     * @param project full name of the project; null if the task belongs to none
     */
    public record Owner(
            @CheckForNull String user, @CheckForNull String project) {}

    private record Task(Runnable body, int weight) {}

    private record Turn(Owner owner, Task task) {}

    private final ExecutorService threads;
    private final IntSupplier maxRunning;

    /**
     * Waiting tasks, in the order in which their owners are served if equally many tasks run for them. No queue is
     * empty.
     */
    private final Map<Owner, Deque<Task>> waiting = new LinkedHashMap<>();

    private final Map<String, Integer> waitingByUser = new HashMap<>();
    private final Map<String, Integer> weightByUser = new HashMap<>();
    private final Map<String, Integer> runningByUser = new HashMap<>();
    private final Map<String, Integer> runningByProject = new HashMap<>();
    private int running;

    /** Returns an executor that starts each task at once; idle threads end after a minute. */
    public static ExecutorService unlimitedThreads(String threadName) {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), threadName));
    }

    /**
     * Creates an executor.
     *
     * @param threads executor that starts each task at once
     * @param maxRunning number of tasks that may run at the same time, which can change
     */
    public FairExecutor(ExecutorService threads, IntSupplier maxRunning) {
        this.threads = threads;
        this.maxRunning = maxRunning;
    }

    /**
     * Runs the task when it is its owner’s turn.
     *
     * @param weight memory that the task holds, in characters
     * @throws RejectedExecutionException if too many tasks of this user wait, or Jenkins stops
     * @throws OutOfMemoryError if no thread can be started, and none runs; the task will not run then
     */
    public synchronized void execute(Owner owner, int weight, Runnable body) {
        if (!accepts(owner, weight)) {
            throw new RejectedExecutionException("too many tasks of " + owner.user() + " wait");
        }
        Turn turn = new Turn(owner, new Task(body, weight));
        enqueue(owner).add(turn.task());
        queued(turn, 1);
        try {
            start();
        } catch (OutOfMemoryError e) {
            remove(owner, body);
            throw e;
        }
    }

    /** Returns whether a task of this user would be accepted now. */
    public synchronized boolean accepts(Owner owner, int weight) {
        return owner.user() == null
                || waitingByUser.getOrDefault(owner.user(), 0) < MAX_WAITING_PER_USER
                        && weightByUser.getOrDefault(owner.user(), 0) + weight <= MAX_WAITING_WEIGHT_PER_USER;
    }

    /** Removes a task that has not begun. */
    public synchronized void remove(Owner owner, Runnable body) {
        Deque<Task> tasks = waiting.get(owner);
        if (tasks != null) {
            tasks.stream().filter(task -> task.body() == body).findFirst().ifPresent(task -> {
                tasks.remove(task);
                queued(new Turn(owner, task), -1);
                if (tasks.isEmpty()) {
                    waiting.remove(owner);
                }
            });
        }
    }

    /** Interrupts all running tasks when Jenkins stops. */
    public void stop() {
        threads.shutdownNow();
    }

    /**
     * Starts a thread for each task that may run now. If no thread can be started, the task waits until a running one
     * has ended.
     *
     * @throws OutOfMemoryError if no thread can be started, and none runs
     */
    private synchronized void start() {
        for (Turn turn = take(); turn != null; turn = take()) {
            Turn taken = turn;
            try {
                threads.execute(() -> work(taken));
            } catch (RejectedExecutionException e) {
                // Jenkins is stopping.
                count(taken.owner(), -1);
                throw e;
            } catch (OutOfMemoryError e) {
                count(taken.owner(), -1);
                enqueue(taken.owner()).addFirst(taken.task());
                queued(taken, 1);
                if (running == 0) {
                    throw e;
                }
                LOGGER.warning(() -> "No thread can be started, so tasks wait for those that run: " + e.getMessage());
                return;
            }
        }
    }

    /** Runs the task and then the next ones, so that all waiting tasks run even if no other thread can be started. */
    private void work(Turn first) {
        for (Turn turn = first; turn != null; turn = after(turn)) {
            try {
                turn.task().body().run();
            } catch (RuntimeException | Error e) {
                Owner owner = turn.owner();
                LOGGER.log(Level.WARNING, e, () -> "A task of " + owner + " failed");
            }
        }
    }

    /** Returns the next task for this thread; null if there is none. */
    @CheckForNull
    private Turn after(Turn ended) {
        // Clears the interrupt of a cancelled task. If Jenkins stops, the next line finds that out.
        Thread.interrupted();
        boolean stopped = threads.isShutdown();
        synchronized (this) {
            count(ended.owner(), -1);
            Turn next = stopped ? null : take();
            if (next != null) {
                startOthers();
            }
            return next;
        }
    }

    private void startOthers() {
        try {
            start();
        } catch (RejectedExecutionException e) {
            // Jenkins is stopping and has interrupted this thread, which ends the task that it has taken.
            LOGGER.log(Level.FINE, "No task is started any more", e);
        }
    }

    /** Removes the next task from the queue and returns it; null if none can run now. */
    @CheckForNull
    private Turn take() {
        Owner owner = next();
        if (owner == null) {
            return null;
        }
        Deque<Task> tasks = waiting.remove(owner);
        Turn turn = new Turn(owner, tasks.remove());
        if (!tasks.isEmpty()) {
            // Behind all other owners.
            waiting.put(owner, tasks);
        }
        queued(turn, -1);
        count(owner, 1);
        return turn;
    }

    /** Returns the owner whose task is next; null if none can run now. */
    @CheckForNull
    private Owner next() {
        Owner next = null;
        for (Owner owner : waiting.keySet()) {
            if (mayRun(owner) && (next == null || runningFor(owner) < runningFor(next))) {
                next = owner;
            }
        }
        return next;
    }

    private boolean mayRun(Owner owner) {
        int max = maxRunning.getAsInt();
        int most = Math.max(runningOf(runningByUser, owner.user()), runningOf(runningByProject, owner.project()));
        boolean quarterIsFree = running < max - max / 4;
        return running < max && most < Math.max(1, quarterIsFree ? max / 2 : max / 4);
    }

    private int runningFor(Owner owner) {
        return runningOf(runningByUser, owner.user()) + runningOf(runningByProject, owner.project());
    }

    private static int runningOf(Map<String, Integer> counts, @CheckForNull String key) {
        return key == null ? 0 : counts.getOrDefault(key, 0);
    }

    private Deque<Task> enqueue(Owner owner) {
        return waiting.computeIfAbsent(owner, key -> new ArrayDeque<>());
    }

    /**
     * Counts a waiting task.
     *
     * @param change 1 if it begins to wait; -1 if it no longer waits
     */
    private void queued(Turn turn, int change) {
        add(waitingByUser, turn.owner().user(), change);
        add(weightByUser, turn.owner().user(), change * turn.task().weight());
    }

    private void count(Owner owner, int change) {
        running += change;
        add(runningByUser, owner.user(), change);
        add(runningByProject, owner.project(), change);
    }

    private static void add(Map<String, Integer> counts, @CheckForNull String key, int change) {
        if (key != null && change != 0) {
            counts.merge(key, change, (before, added) -> {
                int after = before + added;
                return after == 0 ? null : (Integer) after;
            });
        }
    }
}
