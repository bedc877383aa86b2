package io.jenkins.plugins.octopod.staging.queue;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceState;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StateBefore;
import java.io.IOException;
import java.time.Instant;

/**
 * Restores what a request changed that ended before its script. Changes made after the request was accepted are kept,
 * for example a pin. A second rollback has no further effect.
 */
final class RequestRollback {

    /** Whether the request counts as an attempt. */
    enum Attempt {
        /** The request was cancelled or has failed, so maintenance tries again only after a pause. */
        COUNTED,
        /** The request was dropped because its reason no longer existed. */
        NOT_COUNTED
    }

    private RequestRollback() {}

    /** Returns whether a user or a Pipeline requested a deployment, which renews the staging. */
    static boolean isDeployedBySomebody(PendingAction pending) {
        return pending.action().isDeploying() && !MaintenanceCause.isAmong(pending.causes());
    }

    /**
     * Restores the overrides, the lifetime, and the time and author of the last change.
     *
     * @throws IOException if it can’t be stored; the staging is then unchanged
     */
    static void restoreDesiredState(Staging staging, PendingAction undone, Attempt attempt) throws IOException {
        // The same lock as for changes of the lifetime by users, which are possible while an action is pending.
        synchronized (staging.getParent()) {
            DesiredState now = staging.desiredState();
            DesiredState restored =
                    withChange(withOverrides(now, undone), undone).with(lifetime(now.lifetime(), undone, attempt));
            staging.updateDesiredState(restored);
        }
        StagingListener.fireChanged(staging);
    }

    private static DesiredState withOverrides(DesiredState now, PendingAction undone) {
        Overrides application = undone.applicationBefore();
        Overrides deployment = undone.deploymentBefore();
        return application == null || deployment == null ? now : now.with(application, deployment);
    }

    private static DesiredState withChange(DesiredState now, PendingAction undone) {
        StateBefore before = undone.stateBefore();
        return before == null ? now : now.withChange(before.changedAt(), before.changedBy());
    }

    /**
     * Returns the restored lifetime. It still records an attempt to archive the staging for this night, which would
     * otherwise be repeated each minute.
     */
    private static Lifetime lifetime(Lifetime now, PendingAction undone, Attempt attempt) {
        Lifetime restored = undone.lifetimeWithout(now);
        return attempt == Attempt.COUNTED && MaintenanceCause.isSleepAmong(undone.causes())
                ? restored.withSleepOf(now)
                : restored;
    }

    /** Restores the observed state, starting from the state that the staging has after the request. */
    static ObservedState restoreObservedState(ObservedState after, PendingAction undone, Attempt attempt, Instant now) {
        StateBefore before = undone.stateBefore();
        MaintenanceState state = after.maintenanceState();
        if (attempt == Attempt.COUNTED) {
            state = state.afterFailure(undone.action(), undone.causes(), now);
        }
        if (before != null && isDeployedBySomebody(undone)) {
            state = state.withDeletedBranch(before.deletedBranch());
        }
        return after.withSinceBefore(undone).withMaintenanceState(state);
    }
}
