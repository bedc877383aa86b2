package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What Jenkins remembers for what it does with a staging by itself. Immutable; part of the record. */
final class UpkeepNotes {

    static final UpkeepNotes NONE = new UpkeepNotes(0, 0, 0, null);

    private static final Duration FIRST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final int failures;
    private final long failedAt;
    private final long toldExpiry;

    @CheckForNull
    private final String goneBranch;

    private UpkeepNotes(int failures, long failedAt, long toldExpiry, String goneBranch) {
        this.failures = failures;
        this.failedAt = failedAt;
        this.toldExpiry = toldExpiry;
        this.goneBranch = goneBranch;
    }

    /** Counts how often in a row archiving or cleaning up wasn’t brought to its end, whoever has asked for it. */
    UpkeepNotes after(StagingAction action, boolean succeeded, Instant now) {
        boolean failed = !succeeded && !action.isDeploying();
        return failed
                ? new UpkeepNotes(failures + 1, now.toEpochMilli(), toldExpiry, goneBranch)
                : new UpkeepNotes(0, 0, toldExpiry, goneBranch);
    }

    /** When it may be tried again, after growing pauses; null where nothing has failed. */
    @CheckForNull
    Instant nextTry() {
        if (failures <= 0) {
            return null;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return Instant.ofEpochMilli(failedAt).plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    boolean isTold(Instant expiry) {
        return toldExpiry == expiry.toEpochMilli();
    }

    UpkeepNotes told(Instant expiry) {
        return new UpkeepNotes(failures, failedAt, expiry.toEpochMilli(), goneBranch);
    }

    /** What people call the branch that has deployed it and is gone; null where it isn’t, or somebody has deployed since. */
    @CheckForNull
    String goneBranch() {
        return goneBranch;
    }

    UpkeepNotes withGoneBranch(String newGoneBranch) {
        return new UpkeepNotes(failures, failedAt, toldExpiry, newGoneBranch);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UpkeepNotes that
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
