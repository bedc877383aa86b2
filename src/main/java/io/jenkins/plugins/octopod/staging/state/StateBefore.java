package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.lifetime.DeletedBranch;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import java.time.Instant;

/**
 * State of a staging before a request changed it, apart from status and overrides. It is restored if the request ends
 * before its script. Immutable. Part of {@link PendingAction}, where its fields are stored by their names.
 */
@ModuleInternal
public final class StateBefore {

    private final long since;
    private final long changedAt;

    @CheckForNull
    private final String changedBy;

    private final Lifetime lifetime;

    @CheckForNull
    private final DeletedBranch deletedBranch;

    private StateBefore(
            Instant since,
            Instant changedAt,
            @CheckForNull String changedBy,
            Lifetime lifetime,
            @CheckForNull DeletedBranch deletedBranch) {
        this.since = since.toEpochMilli();
        this.changedAt = changedAt.toEpochMilli();
        this.changedBy = changedBy;
        this.lifetime = lifetime;
        this.deletedBranch = deletedBranch;
    }

    public static StateBefore of(DesiredState desired, ObservedState observed) {
        return new StateBefore(
                observed.since(),
                desired.changedAt(),
                desired.changedBy(),
                desired.lifetime(),
                observed.maintenanceState().deletedBranch());
    }

    /** Returns since when the staging had its status. */
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    @CheckForNull
    public String changedBy() {
        return changedBy;
    }

    public Lifetime lifetime() {
        return lifetime;
    }

    /** Returns the deleted branch that had deployed the staging; null if the branch still existed. */
    @CheckForNull
    public DeletedBranch deletedBranch() {
        return deletedBranch;
    }

    /**
     * Returns a copy with the new name of a job that was renamed or moved; the same object if a different job had
     * deployed the staging.
     */
    public StateBefore withJobMoved(String oldFullName, String newFullName) {
        if (!oldFullName.equals(lifetime.deployedBy())) {
            return this;
        }
        DeletedBranch moved = deletedBranch == null ? null : deletedBranch.withJobMoved(oldFullName, newFullName);
        return new StateBefore(since(), changedAt(), changedBy, lifetime.withDeployedBy(newFullName), moved);
    }

    /** Returns a copy in which the job that had deployed the staging is deleted, or exists again if null. */
    public StateBefore withDeletedBranch(@CheckForNull DeletedBranch newDeletedBranch) {
        return new StateBefore(since(), changedAt(), changedBy, lifetime, newDeletedBranch);
    }
}
