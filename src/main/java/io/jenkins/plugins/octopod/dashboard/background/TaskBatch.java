package io.jenkins.plugins.octopod.dashboard.background;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Tasks that a user requested together, and their outcomes. Thread-safe. */
final class TaskBatch {

    private static final Logger LOGGER = Logger.getLogger(TaskBatch.class.getName());

    /** Approximate size, in characters, of a batch, and of each task in addition to its texts. */
    private static final int OVERHEAD = 200;

    /** Limit in characters for all refusals of a batch. */
    private static final int MAX_SENTENCES = 200_000;

    private final String id = UUID.randomUUID().toString();
    private final Authentication owner;

    /** Tasks; null after a task has begun, because its data can be large and isn’t needed any longer. */
    private final AtomicReferenceArray<BackgroundTask> tasks;

    private final long startedAt = System.nanoTime();
    private final AtomicReferenceArray<TaskOutcome> outcomes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;

    TaskBatch(Authentication owner, List<BackgroundTask> tasks) {
        this.owner = owner;
        this.tasks = new AtomicReferenceArray<>(tasks.toArray(BackgroundTask[]::new));
        this.outcomes = new AtomicReferenceArray<>(
                tasks.stream().map(TaskOutcome::waiting).toArray(TaskOutcome[]::new));
        this.left = new AtomicInteger(tasks.size());
    }

    /** Returns an id that can’t be guessed. */
    String id() {
        return id;
    }

    boolean isOf(Authentication authentication) {
        return owner.getName().equals(authentication.getName());
    }

    boolean isOfSameUser(TaskBatch other) {
        return isOf(other.owner);
    }

    /** Returns the start as a point in time for comparison with other batches only. */
    long startedAt() {
        return startedAt;
    }

    /** Returns the approximate size of the outcomes in characters. */
    int weight() {
        int weight = OVERHEAD;
        for (TaskOutcome taskOutcome : outcomes()) {
            weight += OVERHEAD + taskOutcome.weight();
        }
        return weight;
    }

    boolean isDone() {
        return left.get() == 0;
    }

    /** Returns the outcomes in the order of the tasks. */
    List<TaskOutcome> outcomes() {
        List<TaskOutcome> list = new ArrayList<>();
        for (int i = 0; i < outcomes.length(); i++) {
            list.add(outcomes.get(i));
        }
        return list;
    }

    /** Runs the tasks that no thread has taken yet, one after the other. Several threads can share them. */
    void work() {
        try (ACLContext as = ACL.as2(owner)) {
            for (int i = next.getAndIncrement(); i < tasks.length(); i = next.getAndIncrement()) {
                BackgroundTask backgroundTask = tasks.getAndSet(i, null);
                outcomes.set(i, TaskOutcome.running(backgroundTask));
                outcomes.set(i, outcome(backgroundTask).shortened(MAX_SENTENCES / tasks.length()));
                left.decrementAndGet();
            }
        }
    }

    /** Runs a task and returns its outcome. A failure of the task is an outcome, so the other tasks still run. */
    private static TaskOutcome outcome(BackgroundTask backgroundTask) {
        try {
            return TaskOutcome.accepted(backgroundTask, backgroundTask.work().run());
        } catch (RefusalException e) {
            return TaskOutcome.refused(backgroundTask, RefusalView.of(e));
        } catch (AccessDeniedException e) {
            return TaskOutcome.refused(backgroundTask, RefusalView.notPermitted(e.getMessage()));
        } catch (InterruptedException e) {
            // These threads are interrupted only when Jenkins stops. The remaining tasks are refused in the same way.
            Thread.currentThread().interrupt();
            return TaskOutcome.refused(backgroundTask, RefusalView.unavailable(Messages.TaskBatch_stopping()));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "A background task for " + backgroundTask.subject() + " failed");
            return TaskOutcome.refused(backgroundTask, RefusalView.broken(Messages.TaskBatch_internalError(e)));
        }
    }
}
