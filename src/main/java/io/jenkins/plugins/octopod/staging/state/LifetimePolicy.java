package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.lifetime.ObservedTime;
import io.jenkins.plugins.octopod.staging.lifetime.UnobservedTime;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;

/**
 * Computes when a staging expires, is cleaned up or sleeps. Reads no file.
 *
 * @param settings the project's settings for expiry and retention
 * @param sleep the project's settings for sleep
 * @param lifetime the lifetime that users chose for the staging
 * @param observed the observed state of the staging
 * @param imported when the staging was imported; null if it was created here
 * @param unobserved the time that does not count as time in the archive
 * @param now the current time
 */
@ModuleInternal
public record LifetimePolicy(
        LifetimeSettings settings,
        SleepSettings sleep,
        Lifetime lifetime,
        ObservedState observed,
        @CheckForNull ImportInfo imported,
        UnobservedTime unobserved,
        Instant now) {

    private static final Duration NOTICE_PERIOD = Duration.ofDays(1);

    /** Creates a policy with the project’s current settings and the current time. */
    public static LifetimePolicy of(
            OctopodProject project, Lifetime lifetime, ObservedState observed, @CheckForNull ImportInfo imported) {
        return new LifetimePolicy(
                project.getLifetime(),
                project.getSleep(),
                lifetime,
                observed,
                imported,
                ObservedTime.get().unobserved(),
                StagingClock.now());
    }

    /**
     * Like {@link #of}, but as if the pending action had not been requested.
     *
     * @return null if not known
     */
    @CheckForNull
    public static LifetimePolicy beforePending(
            OctopodProject project, Lifetime lifetime, ObservedState observed, @CheckForNull ImportInfo imported) {
        ObservedState before = observed.beforePending();
        PendingAction pending = observed.pending();
        return before == null || pending == null
                ? null
                : of(project, pending.lifetimeWithout(lifetime), before, imported);
    }

    /**
     * Returns when the staging is archived unless it is deployed before; null if it is archived already, or never
     * expires.
     */
    @CheckForNull
    public Instant expiresAt() {
        return observed.status().isArchived() ? null : expiryLimit();
    }

    /** Returns when the staging expires, whether it is archived or not; null if it never expires. */
    @CheckForNull
    private Instant expiryLimit() {
        Instant own = lifetime.expiry().date();
        if (lifetime.pin() != null) {
            return null;
        }
        if (own != null) {
            return own;
        }
        int days = expiryDays();
        Instant renewed = days == 0 ? null : lifetime.renewedAt().plus(Duration.ofDays(days));
        Instant date = projectDate();
        return renewed == null || date != null && date.isBefore(renewed) ? date : renewed;
    }

    /**
     * Returns the project's date of expiry; null if the project has no date, the staging has its own number of days, or
     * it was deployed after that date.
     */
    @CheckForNull
    private Instant projectDate() {
        Instant date = settings.expiryMoment();
        boolean counts = date != null
                && lifetime.expiry().days() == null
                && lifetime.renewedAt().isBefore(date);
        return counts ? date : null;
    }

    /** Returns the date of expiry; null if the staging expires after a number of days, or never. */
    @CheckForNull
    public Instant expiryDate() {
        Instant limit = expiryLimit();
        boolean isDate = limit != null && (limit.equals(lifetime.expiry().date()) || limit.equals(projectDate()));
        return isDate ? limit : null;
    }

    /**
     * Returns when the staging is cleaned up unless it is restored before that; null if it is not archived, or is never
     * cleaned up.
     */
    @CheckForNull
    public Instant cleanedUpAt() {
        int days = settings.getRetentionDays();
        if (days == 0 || lifetime.pin() != null || !observed.status().isArchived() || isAsleep()) {
            return null;
        }
        if (hasSlept() && observed.maintenanceState().sleptUntil() == null) {
            // The time asleep does not count, and it has just ended.
            return null;
        }
        boolean failedHere = observed.status() == Status.CleanupFailed && !isAsImported();
        Instant due = failedHere ? observed.since() : endOfRetention(Duration.ofDays(days));
        Instant nextAttempt = observed.maintenanceState().nextAttempt(now);
        return nextAttempt != null && nextAttempt.isAfter(due) ? nextAttempt : due;
    }

    /** Returns whether the staging has the status that it was imported with. */
    private boolean isAsImported() {
        return imported != null && !observed.since().isAfter(imported.at());
    }

    private Instant endOfRetention(Duration retention) {
        Instant since = archivedHereSince();
        return since.plus(retention).plus(unobserved.between(since, now));
    }

    /**
     * Returns since when the time in the archive counts. Time in the archive of another system does not count, because
     * an import must not remove its data. Time asleep does not count either.
     */
    private Instant archivedHereSince() {
        Instant since = observed.since();
        Instant here = imported != null && imported.at().isAfter(since) ? imported.at() : since;
        Instant sleptUntil = hasSlept() ? observed.maintenanceState().sleptUntil() : null;
        return sleptUntil != null && sleptUntil.isAfter(here) ? sleptUntil : here;
    }

    /** Returns whether the staging was archived only for the night, even if it will not be restored in the morning. */
    private boolean hasSlept() {
        return observed.status() == Status.Archived && lifetime.asleepSince() != null;
    }

    /** Returns when the staging’s sleep ended without a restoration; null if it didn’t. */
    @CheckForNull
    public Instant endOfSleep() {
        if (!hasSlept() || isAsleep()) {
            return null;
        }
        Instant recorded = observed.maintenanceState().sleptUntil();
        return recorded == null ? now : recorded;
    }

    /** Returns whether the staging is pinned, and therefore stays as it is. */
    public boolean isPinned() {
        return lifetime.pin() != null;
    }

    public Status status() {
        return observed.status();
    }

    /** Returns whether the staging is archived for the night only, and will be restored in the morning. */
    public boolean isAsleep() {
        if (!hasSlept() || observed.maintenanceState().deletedBranch() != null || sleep.getRestoreAt() == null) {
            return false;
        }
        Instant limit = expiryLimit();
        return limit == null || limit.isAfter(now);
    }

    /** Returns the number of days of the staging or of its project; 0 if it never expires by days. */
    public int expiryDays() {
        Integer own = lifetime.expiry().days();
        return own != null ? own : settings.getExpiryDays();
    }

    /** Returns whether the staging expires within a day, or has expired and is not archived yet. */
    public boolean isExpiringSoon() {
        Instant expiry = expiresAt();
        return expiry != null && !now.isBefore(expiry.minus(NOTICE_PERIOD));
    }
}
