package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import java.util.List;

/**
 * Compares a queue item of a staging with the staging’s pending action. The stored state determines the action; a queue
 * item only gets an executor for it. Jenkins writes its queue up to a minute late, so after a kill it contains items of
 * actions that have ended. Other plugins can queue a staging, too. Reads no files once the staging’s last run is
 * loaded.
 */
@ModuleInternal
public final class QueuedRequest {

    private QueuedRequest() {}

    /**
     * Returns whether an item that is about to be queued with these actions belongs to the pending action. An item
     * without parameters resumes the run that the pending action already has.
     */
    public static boolean isPending(Staging staging, List<? extends Action> actions) {
        return isPending(staging, parameters(actions));
    }

    /** Like {@link #isPending(Staging, List)}, but for an item in the queue. */
    public static boolean isPending(Staging staging, Queue.Item item) {
        return isPending(staging, item.getAction(StagingRunParameters.class));
    }

    /** Returns whether the queue item of this thread’s executor, if there is one, belongs to the pending action. */
    static boolean isPendingOfCurrentExecutor(Staging staging) {
        Executor executor = Executor.currentExecutor();
        WorkUnit workUnit = executor == null ? null : executor.getCurrentWorkUnit();
        return isPending(staging, workUnit == null ? List.of() : workUnit.context.actions);
    }

    /** Returns whether the run belongs to the pending action. */
    public static boolean isPending(Staging staging, StagingRun run) {
        PendingAction pending = staging.observedState().pending();
        StagingRunParameters parameters = run.parameters();
        return pending != null
                && parameters != null
                && parameters.getRequestId().equals(pending.requestId());
    }

    private static boolean isPending(Staging staging, @CheckForNull StagingRunParameters queued) {
        PendingAction pending = staging.observedState().pending();
        if (pending == null || pending.cancellation() != null || staging.isCleanedUp()) {
            return false;
        }
        StagingRun unfinished = staging.unfinishedRun();
        boolean begun = unfinished != null && isPending(staging, unfinished);
        if (unfinished != null && !begun) {
            return false;
        }
        return queued == null ? begun : queued.getRequestId().equals(pending.requestId());
    }

    @CheckForNull
    private static StagingRunParameters parameters(List<? extends Action> actions) {
        return actions.stream()
                .filter(StagingRunParameters.class::isInstance)
                .map(StagingRunParameters.class::cast)
                .findFirst()
                .orElse(null);
    }
}
