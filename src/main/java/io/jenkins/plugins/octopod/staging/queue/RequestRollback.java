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
 * Restores what a request has changed that ended before its script. What was changed after the request was accepted stays,
 * for example a pin. Doing it twice changes nothing more.
 */
final class RequestRollback {

    /** Whether the request counts as an attempt. */
    enum Attempt {
        /** Somebody has cancelled it, or it has failed: maintenance tries again only after a pause. */
        COUNTED,
        /** There was no reason for it any more. */
        NOT_COUNTED
    }

    private RequestRollback() {}

    /** Returns whether a person or a Pipeline asked for a deployment; such a request renews the staging. */
    static boolean isDeployedBySomebody(PendingAction pending) {
        return pending.action().isDeploying() && !MaintenanceCause.isAmong(pending.causes());
    }

    /**
     * Restores overrides, lifetime and who changed them.
     *
     * @throws IOException if it can’t be stored; the staging is then as it was
     */
    static void restoreDesiredState(Staging staging, PendingAction undone, Attempt attempt) throws IOException {
        // Users change lifetimes under this lock, also while an action is pending.
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

    /** That it was tried to archive it for this night stays known, or it would be tried again each minute. */
    private static Lifetime lifetime(Lifetime now, PendingAction undone, Attempt attempt) {
        Lifetime restored = undone.lifetimeWithout(now);
        return attempt == Attempt.COUNTED && MaintenanceCause.isSleepAmong(undone.causes())
                ? restored.withSleepOf(now)
                : restored;
    }

    /** Restores the rest, in the state that the staging has after the request. */
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
