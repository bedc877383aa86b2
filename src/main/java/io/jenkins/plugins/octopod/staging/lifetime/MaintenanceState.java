package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * State of the automatic maintenance of a staging: failed attempts, notified expiry and deleted branch. Immutable. Part
 * of {@link ObservedState}.
 */
@ModuleInternal
public final class MaintenanceState {

    public static final MaintenanceState NONE = new MaintenanceState(0, 0, 0, null);

    private static final Duration FIRST_PAUSE = Duration.ofHours(1);
    private static final Duration MAX_PAUSE = Duration.ofHours(24);

    private final int failures;
    private final long failedAt;
    private final long toldExpiry;

    @CheckForNull
    private final String goneBranch;

    private MaintenanceState(int failures, long failedAt, long toldExpiry, String goneBranch) {
        this.failures = failures;
        this.failedAt = failedAt;
        this.toldExpiry = toldExpiry;
        this.goneBranch = goneBranch;
    }

    /** Counts how often in a row archiving or cleaning up wasn’t brought to its end, whoever has asked for it. */
    public MaintenanceState after(StagingAction action, boolean succeeded, Instant now) {
        boolean failed = !succeeded && !action.isDeploying();
        return failed
                ? new MaintenanceState(failures + 1, now.toEpochMilli(), toldExpiry, goneBranch)
                : new MaintenanceState(0, 0, toldExpiry, goneBranch);
    }

    /** When it may be tried again, after growing pauses; null if nothing has failed. */
    @CheckForNull
    public Instant nextAttempt() {
        if (failures <= 0) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return Instant.ofEpochMilli(failedAt).plus(pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE);
    }

    public boolean isExpiryNotified(Instant expiry) {
        return toldExpiry == expiry.toEpochMilli();
    }

    public MaintenanceState withExpiryNotified(Instant expiry) {
        return new MaintenanceState(failures, failedAt, expiry.toEpochMilli(), goneBranch);
    }

    /** What people call the branch that has deployed it and is gone; null if it isn’t, or somebody has deployed since. */
    @CheckForNull
    public String deletedBranch() {
        return goneBranch;
    }

    public MaintenanceState withDeletedBranch(String newGoneBranch) {
        return new MaintenanceState(failures, failedAt, toldExpiry, newGoneBranch);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaintenanceState that
                && failures == that.failures
                && failedAt == that.failedAt
                && toldExpiry == that.toldExpiry
                && Objects.equals(goneBranch, that.goneBranch);
    }

    @Override
    public int hashCode() {
        return Objects.hash(failures, failedAt, toldExpiry, goneBranch);
    }
}
