package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;

/**
 * A request was refused because another action is pending on its staging. It is the only refusal that is worth waiting for:
 * the same request can be accepted once that action has ended.
 */
public final class StagingBusyException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final StagingAction action;

    // Not for those who get the exception by serialization.
    private final transient Staging staging;
    private final transient List<Cause> causes;

    @CheckForNull
    private final String runUrl;

    @CheckForNull
    private final String runName;

    /** @param pending the pending action of the staging when the request was examined */
    @ModuleInternal
    public StagingBusyException(Reason reason, Staging staging, PendingAction pending) {
        super(reason, BusyMessage.of(staging, pending));
        StagingRun run = BusyMessage.run(staging, pending);
        this.requestId = pending.requestId();
        this.action = pending.action();
        this.staging = staging;
        this.causes = pending.causes();
        this.runUrl = run == null ? null : run.getUrl();
        this.runName = run == null ? null : run.getFullDisplayName();
    }

    public Staging staging() {
        return staging;
    }

    /** The id of the request whose action is pending. */
    public String requestId() {
        return requestId;
    }

    /** The action that is pending. */
    public StagingAction action() {
        return action;
    }

    /** Who or what asked for that action. */
    public List<Cause> causes() {
        return causes == null ? List.of() : causes;
    }

    /** Whether the same request can be accepted once the action has ended: a name that stays taken isn’t worth waiting for. */
    public boolean isWorthWaiting() {
        return getReason() != Reason.EXISTS || action == StagingAction.CLEANUP;
    }

    /** The URL of its run, from the root of Jenkins; null if the action was still in the queue. */
    @CheckForNull
    public String runUrl() {
        return runUrl;
    }

    /** The full display name of its run; null if the action was still in the queue. */
    @CheckForNull
    public String runName() {
        return runName;
    }
}
