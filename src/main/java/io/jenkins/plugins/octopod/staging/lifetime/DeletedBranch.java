package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;
import java.util.Objects;

/** The deletion of the job of the branch or pull request that has deployed a staging. Immutable. */
@ModuleInternal
public final class DeletedBranch {

    private final String displayName;

    @CheckForNull
    private final String job;

    private final long seenAt;

    /**
     * @param displayName what people call the branch, with the names of the folders that it was in
     * @param job the full name of the deleted job; null if it was stored before this was recorded
     * @param seenAt when Jenkins saw the deletion; the epoch if it was stored before this was recorded
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

    /** The full name of the deleted job; null if it isn’t known. */
    @CheckForNull
    public String job() {
        return job;
    }

    /** The same deletion, where the folder of the deleted job was renamed or moved. */
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
