package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * State of the automatic maintenance of a staging: failed attempts, notified expiry, deleted branch and end of sleep.
 * Immutable. Part of {@link ObservedState}, where its fields are stored by their names.
 */
@ModuleInternal
public final class MaintenanceState {

    public static final MaintenanceState NONE = new MaintenanceState(0, 0, false, 0, null, 0);

    private static final Backoff BACKOFF = Backoff.doubling(Duration.ofHours(1), Duration.ofHours(24));
    private static final Backoff DEPLOYING_BACKOFF = Backoff.doubling(Duration.ofMinutes(5), Duration.ofHours(24));

    private final int failures;
    private final long failedAt;

    /** Whether the failed attempts were deployments, such as a restoration in the morning. */
    private final boolean deploying;

    private final long toldExpiry;

    /** Name of the deleted branch. The next two fields are null and 0 if it was stored before they were recorded. */
    @CheckForNull
    private final String goneBranch;

    @CheckForNull
    private final String goneJob;

    private final long goneSince;

    /** Milliseconds since the epoch; 0 if the staging is asleep, or hasn’t slept since it was archived. */
    private final long sleptUntil;

    private MaintenanceState(
            int failures,
            long failedAt,
            boolean deploying,
            long toldExpiry,
            @CheckForNull DeletedBranch branch,
            long sleptUntil) {
        this.failures = failures;
        this.failedAt = failedAt;
        this.deploying = deploying;
        this.toldExpiry = toldExpiry;
        this.goneBranch = branch == null ? null : branch.displayName();
        this.goneJob = branch == null ? null : branch.job();
        this.goneSince = branch == null ? 0 : branch.seenAt().toEpochMilli();
        this.sleptUntil = sleptUntil;
    }

    /**
     * Returns the state after an action that did not succeed. Counts consecutive failures of archiving and cleanup by
     * any requester, and of actions that maintenance requested. Any other failed deployment resets the count.
     */
    public MaintenanceState afterFailure(StagingAction action, List<Cause> causes, Instant now) {
        return action.isDeploying() && !MaintenanceCause.isAmong(causes)
                ? afterSuccess()
                : new MaintenanceState(
                        failures + 1,
                        now.toEpochMilli(),
                        action.isDeploying(),
                        toldExpiry,
                        deletedBranch(),
                        sleptUntil);
    }

    /** Returns the state after an action that succeeded. */
    public MaintenanceState afterSuccess() {
        return new MaintenanceState(0, 0, false, toldExpiry, deletedBranch(), sleptUntil);
    }

    /**
     * Returns when the next attempt may be made, after pauses that grow; null if nothing has failed, or the failure was
     * recorded while the clock was ahead.
     */
    @CheckForNull
    public Instant nextAttempt(Instant now) {
        if (failures <= 0 || failedAt > now.toEpochMilli()) {
            return null;
        }
        return Instant.ofEpochMilli(failedAt).plus((deploying ? DEPLOYING_BACKOFF : BACKOFF).pause(failures));
    }

    public boolean isExpiryNotified(Instant expiry) {
        return toldExpiry == expiry.toEpochMilli();
    }

    public MaintenanceState withExpiryNotified(Instant expiry) {
        return new MaintenanceState(failures, failedAt, deploying, expiry.toEpochMilli(), deletedBranch(), sleptUntil);
    }

    /**
     * Returns the deleted branch that had deployed the staging; null if there is none, or a deployment was requested
     * since.
     */
    @CheckForNull
    public DeletedBranch deletedBranch() {
        return goneBranch == null ? null : new DeletedBranch(goneBranch, goneJob, Instant.ofEpochMilli(goneSince));
    }

    public MaintenanceState withDeletedBranch(@CheckForNull DeletedBranch branch) {
        return new MaintenanceState(failures, failedAt, deploying, toldExpiry, branch, sleptUntil);
    }

    /**
     * Returns when the sleep of a staging ended that is still archived; null if it is asleep, or hasn’t slept since it
     * was archived.
     */
    @CheckForNull
    public Instant sleptUntil() {
        return sleptUntil == 0 ? null : Instant.ofEpochMilli(sleptUntil);
    }

    public MaintenanceState withSleptUntil(@CheckForNull Instant end) {
        return new MaintenanceState(
                failures, failedAt, deploying, toldExpiry, deletedBranch(), end == null ? 0 : end.toEpochMilli());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaintenanceState that
                && failures == that.failures
                && failedAt == that.failedAt
                && deploying == that.deploying
                && toldExpiry == that.toldExpiry
                && sleptUntil == that.sleptUntil
                && Objects.equals(deletedBranch(), that.deletedBranch());
    }

    @Override
    public int hashCode() {
        return Objects.hash(failures, failedAt, deploying, toldExpiry, sleptUntil, goneBranch, goneJob, goneSince);
    }
}
