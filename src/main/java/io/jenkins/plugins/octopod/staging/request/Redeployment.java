package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.time.Duration;

/** Requests that deploy a staging with the overrides of an earlier action. */
public final class Redeployment {

    private Redeployment() {}

    /** Returns whether the run has deployed overrides, so that they can be deployed again. */
    public static boolean isPossible(StagingRun run) {
        StagingAction action = run.action();
        return action != null && action.isDeploying();
    }

    /**
     * Returns why the staging can’t be deployed as in an earlier action, neither now nor after the current action; null if
     * it can.
     */
    @CheckForNull
    public static String obstacle(Staging staging) {
        ObservedState state = staging.observedState();
        PendingAction pending = state.pending();
        if (pending != null) {
            return pending.action().isDeploying() ? null : BusyMessage.of(staging, pending);
        }
        try {
            StagingAction action = Kind.REDEPLOY.action(state.status());
            new StatusMachine(staging.getParent().statusTimeoutDuration())
                    .next(state.status(), new Event.Accepted(action), Duration.ZERO);
            return null;
        } catch (RefusalException e) {
            return e.getMessage();
        }
    }

    /**
     * Returns a request, without a cause, to deploy the run’s staging with exactly the overrides of the run. It also
     * restores an archived staging, but never creates one.
     *
     * @throws RefusalException if the run has not deployed overrides
     */
    public static StagingRequest.Builder asIn(StagingRun run) throws RefusalException {
        if (!isPossible(run)) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.Redeployment_notDeploying(run.getDisplayName()));
        }
        return StagingRequest.builder(run.getParent(), Kind.REDEPLOY).overrides(run.overrides());
    }

    /**
     * Like {@link #asIn(StagingRun)}, with the number of the run.
     *
     * @throws RefusalException if the staging has no run with the number, or the run has not deployed overrides
     */
    public static StagingRequest.Builder asIn(Staging staging, int number) throws RefusalException {
        StagingRun run = number > 0 ? staging.getBuildByNumber(number) : null;
        if (run == null) {
            throw new RefusalException(
                    Reason.INVALID_INPUT, Messages.Redeployment_noSuchAction(staging.getName(), number));
        }
        return asIn(run);
    }
}
