package io.jenkins.plugins.octopod.dashboard.background;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.staging.support.FairExecutor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Runs tasks that users request on pages, on its own threads, and keeps their outcomes for some minutes. Tasks don’t
 * survive a restart. At that point, accepted requests are stored with their stagings, and the other tasks were never
 * started.
 */
@Extension
public final class BackgroundTasks {

    /** Number of threads for all users together. A task can wait a minute for an agent. */
    private static final int THREADS = 32;

    /**
     * Number of parallel tasks of a batch. It prevents a long list, or a user with many lists, from delaying all other
     * users.
     */
    private static final int PARALLEL_TASKS = 3;

    /** Maximum number of unfinished batches of a user. */
    private static final int MAX_BATCHES_PER_USER = 10;

    /** Maximum number of tasks of a batch. */
    private static final int MAX_STEPS = 1000;

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** Limit in characters for the outcomes of all users. */
    private static final int MAX_REMEMBERED = 16 << 20;

    /** Limit in characters for the outcomes of one user. */
    private static final int MAX_REMEMBERED_PER_USER = 2 << 20;

    /** Limit in characters for a subject, such as the full name of an item in many nested folders. */
    private static final int MAX_SUBJECT_LENGTH = 1000;

    private final Map<String, TaskBatch> going = new ConcurrentHashMap<>();

    private final Cache<String, TaskBatch> done = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumWeight(MAX_REMEMBERED)
            .<String, TaskBatch>weigher((id, taskBatch) -> taskBatch.weight())
            .build();

    private final FairExecutor threads =
            new FairExecutor(FairExecutor.unlimitedThreads("Octopod background tasks"), () -> THREADS);

    public static BackgroundTasks get() {
        return ExtensionList.lookupSingleton(BackgroundTasks.class);
    }

    /**
     * Runs the tasks for the current user, several at a time, and returns immediately.
     *
     * @return URL of the {@link TaskOutcome}s, relative to Jenkins’ root, for that user only; see
     *     {@link BackgroundTasksAction}
     * @throws RefusalException if there are too many tasks, too many unfinished batches of the user, or a subject that
     *     is too long
     */
    public String start(List<BackgroundTask> tasks) throws RefusalException {
        Authentication user = Jenkins.getAuthentication2();
        if (tasks.isEmpty() || tasks.size() > MAX_STEPS) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.BackgroundTasks_tooManySteps(MAX_STEPS));
        }
        if (tasks.stream().anyMatch(task -> task.subject().length() > MAX_SUBJECT_LENGTH)) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.BackgroundTasks_longName(MAX_SUBJECT_LENGTH));
        }
        if (going.values().stream().filter(other -> other.isOf(user)).count() >= MAX_BATCHES_PER_USER) {
            throw new RefusalException(Reason.UNAVAILABLE, Messages.BackgroundTasks_tooMany());
        }
        TaskBatch taskBatch = new TaskBatch(user, tasks);
        FairExecutor.Owner owner = new FairExecutor.Owner(user.getName(), null);
        going.put(taskBatch.id(), taskBatch);
        try {
            for (int i = 0; i < Math.min(PARALLEL_TASKS, tasks.size()); i++) {
                threads.execute(owner, 0, () -> work(taskBatch));
            }
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // No thread works on the batch, so it must not count among the user's batches.
            going.remove(taskBatch.id());
            throw e;
        }
        return BackgroundTasksAction.URL + '/' + taskBatch.id() + '/';
    }

    private void work(TaskBatch taskBatch) {
        taskBatch.work();
        if (taskBatch.isDone()) {
            // In this order, so that the batch can be found at any time.
            done.put(taskBatch.id(), taskBatch);
            going.remove(taskBatch.id());
            forgetOldest(taskBatch);
        }
    }

    /** Removes the oldest outcomes of the batch’s user until they are within the limit. The batch itself stays. */
    private void forgetOldest(TaskBatch newest) {
        List<TaskBatch> own = done.asMap().values().stream()
                .filter(newest::isOfSameUser)
                .sorted(Comparator.comparing(TaskBatch::startedAt).reversed())
                .toList();
        int weight = newest.weight();
        for (TaskBatch each : own) {
            if (each != newest) {
                weight += each.weight();
                if (weight > MAX_REMEMBERED_PER_USER) {
                    done.invalidate(each.id());
                }
            }
        }
    }

    /** Returns the batch with the id, if it belongs to the current user. */
    Optional<TaskBatch> find(String id) {
        TaskBatch found = Optional.ofNullable(going.get(id)).orElseGet(() -> done.getIfPresent(id));
        return Optional.ofNullable(found).filter(taskBatch -> taskBatch.isOf(Jenkins.getAuthentication2()));
    }

    /** Stops all threads when Jenkins stops, so that no task waits for an agent any longer. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(BackgroundTasks.class).forEach(backgroundTasks -> backgroundTasks.threads.stop());
    }
}
