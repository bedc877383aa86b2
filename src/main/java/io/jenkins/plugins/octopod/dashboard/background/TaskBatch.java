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

    private final String id = UUID.randomUUID().toString();
    private final Authentication owner;
    private final List<BackgroundTask> tasks;
    private final AtomicReferenceArray<TaskOutcome> outcomes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;

    TaskBatch(Authentication owner, List<BackgroundTask> tasks) {
        this.owner = owner;
        this.tasks = List.copyOf(tasks);
        this.outcomes = new AtomicReferenceArray<>(
                tasks.stream().map(TaskOutcome::waiting).toArray(TaskOutcome[]::new));
        this.left = new AtomicInteger(tasks.size());
    }

    /** Not to be guessed. */
    String id() {
        return id;
    }

    boolean isOf(Authentication authentication) {
        return owner.getName().equals(authentication.getName());
    }

    boolean isDone() {
        return left.get() == 0;
    }

    /** In the order in which they were asked for. */
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
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
                BackgroundTask backgroundTask = tasks.get(i);
                outcomes.set(i, TaskOutcome.running(backgroundTask));
                outcomes.set(i, outcome(backgroundTask));
                left.decrementAndGet();
            }
        }
    }

    /** If a task fails, the outcome says so, and the other tasks still run. */
    private static TaskOutcome outcome(BackgroundTask backgroundTask) {
        try {
            return TaskOutcome.accepted(backgroundTask, backgroundTask.work().run());
        } catch (RefusalException e) {
            return TaskOutcome.refused(backgroundTask, RefusalView.of(e));
        } catch (AccessDeniedException e) {
            return TaskOutcome.refused(backgroundTask, RefusalView.notPermitted(e.getMessage()));
        } catch (InterruptedException e) {
            // Only a Jenkins that stops interrupts these threads; what is left is refused in the same way.
            Thread.currentThread().interrupt();
            return TaskOutcome.refused(backgroundTask, RefusalView.unavailable(Messages.TaskBatch_stopping()));
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "What was asked of " + backgroundTask.subject() + " broke off");
            return TaskOutcome.refused(backgroundTask, RefusalView.broken(Messages.TaskBatch_internalError(e)));
        }
    }
}
