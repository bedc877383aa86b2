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
 * A request was refused because another action is pending on its staging. A request can wait only after this refusal,
 * because the same request can be accepted once that action has ended.
 */
public final class StagingBusyException extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final String requestId;
    private final StagingAction action;

    // Null after deserialization.
    private final transient Staging staging;
    private final transient List<Cause> causes;

    @CheckForNull
    private final String runUrl;

    @CheckForNull
    private final String runName;

    /**
     * Creates a refusal.
     *
     * @param pending pending action of the staging when the request was examined
     */
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

    /** Returns the id of the request whose action is pending. */
    public String requestId() {
        return requestId;
    }

    /** Returns the pending action. */
    public StagingAction action() {
        return action;
    }

    /** Returns the causes of the pending action. */
    public List<Cause> causes() {
        return causes == null ? List.of() : causes;
    }

    /**
     * Returns whether the same request can be accepted once the action has ended. A name that stays taken isn’t worth
     * waiting for.
     */
    public boolean isWorthWaiting() {
        return getReason() != Reason.EXISTS || action == StagingAction.CLEANUP;
    }

    /**
     * Returns the URL of the action’s run, relative to Jenkins’ root URL; null if the action had no run in progress.
     */
    @CheckForNull
    public String runUrl() {
        return runUrl;
    }

    /** Returns the full display name of the action’s run; null if the action had no run in progress. */
    @CheckForNull
    public String runName() {
        return runName;
    }
}
