package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;
import java.util.Objects;

/** The deletion of the job of the branch or pull request that deployed a staging. Immutable. */
@ModuleInternal
public final class DeletedBranch {

    private final String displayName;

    @CheckForNull
    private final String job;

    private final long seenAt;

    /**
     * Creates the record of a deletion.
     *
     * @param displayName display name of the branch, with the names of its folders
     * @param job full name of the deleted job; null if it was stored before this was recorded
     * @param seenAt time when Jenkins saw the deletion; the epoch if it was stored before this was recorded
     */
    public DeletedBranch(String displayName, @CheckForNull String job, Instant seenAt) {
        this.displayName = Objects.requireNonNull(displayName);
        this.job = job;
        this.seenAt = seenAt.toEpochMilli();
    }

    @NonNull
    public String displayName() {
        return displayName;
    }

    /** Returns the full name of the deleted job; null if unknown. */
    @CheckForNull
    public String job() {
        return job;
    }

    /** Returns the same deletion with the new name of the deleted job, because its folder was renamed or moved. */
    public DeletedBranch withJobMoved(String oldFullName, String newFullName) {
        return oldFullName.equals(job) ? new DeletedBranch(displayName, newFullName, seenAt()) : this;
    }

    @NonNull
    public Instant seenAt() {
        return Instant.ofEpochMilli(seenAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeletedBranch that
                && displayName.equals(that.displayName)
                && Objects.equals(job, that.job)
                && seenAt == that.seenAt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(displayName, job, seenAt);
    }
}
