package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Duration;
import java.time.Instant;

/** Computes the times at which a staging expires and is cleaned up. Reads no file. */
final class LifetimePolicy {

    static final Duration NOTICE = Duration.ofDays(1);

    private LifetimePolicy() {}

    /** When it is archived unless it is deployed before that; null where it is archived already, or never will be. */
    @CheckForNull
    static Instant expiresAt(Staging staging) {
        return staging.getStatus().isArchived() ? null : expiryLimit(staging);
    }

    /** Whether it is archived or not. */
    @CheckForNull
    private static Instant expiryLimit(Staging staging) {
        Lifetime lifetime = staging.lifetime();
        Instant own = lifetime.expiry().date();
        if (lifetime.pin() != null) {
            return null;
        }
        if (own != null) {
            return own;
        }
        int days = expiryDays(staging);
        Instant renewed = days == 0 ? null : lifetime.renewedAt().plus(Duration.ofDays(days));
        Instant date = projectDate(staging);
        return renewed == null || date != null && date.isBefore(renewed) ? date : renewed;
    }

    /** Null where there is none, the staging has days of its own, or was deployed since. */
    @CheckForNull
    private static Instant projectDate(Staging staging) {
        Lifetime lifetime = staging.lifetime();
        Instant date = staging.getParent().getLifetime().expiryMoment();
        boolean counts = date != null
                && lifetime.expiry().days() == null
                && lifetime.renewedAt().isBefore(date);
        return counts ? date : null;
    }

    /** The date on which it is archived unless something changes; null where it is for its days, or never is. */
    @CheckForNull
    static Instant expiryDate(Staging staging) {
        Instant limit = expiryLimit(staging);
        boolean isDate = limit != null
                && (limit.equals(staging.lifetime().expiry().date()) || limit.equals(projectDate(staging)));
        return isDate ? limit : null;
    }

    /** When it is cleaned up unless it is restored before that; null where it isn’t archived, or never will be. */
    @CheckForNull
    static Instant cleanedUpAt(Staging staging) {
        int days = staging.getParent().getLifetime().getRetentionDays();
        ObservedState record = staging.observedState();
        if (days == 0 || staging.isPinned() || !record.status().isArchived() || isAsleep(staging)) {
            return null;
        }
        Instant due = record.status() == Status.CleanupFailed
                ? record.since()
                : archivedHereSince(staging).plus(Duration.ofDays(days));
        Instant nextTry = record.notes().nextAttempt();
        return nextTry != null && nextTry.isAfter(due) ? nextTry : due;
    }

    /** How long one was archived elsewhere doesn’t count: to import it must not be what removes its data. */
    private static Instant archivedHereSince(Staging staging) {
        Instant since = staging.observedState().since();
        ImportInfo imported = staging.imported();
        return imported != null && imported.at().isAfter(since) ? imported.at() : since;
    }

    /** Whether it is archived for the night only, and isn’t one to be left there, as it has expired meanwhile. */
    static boolean isAsleep(Staging staging) {
        boolean put =
                staging.getStatus() == Status.Archived && staging.lifetime().asleepSince() != null;
        if (!put
                || staging.observedState().notes().goneBranch() != null
                || staging.getParent().getSleep().getRestoreAt() == null) {
            return false;
        }
        Instant limit = expiryLimit(staging);
        return limit == null || limit.isAfter(StagingClock.now());
    }

    /** Its own, or its project’s; 0 for never. */
    static int expiryDays(Staging staging) {
        Integer own = staging.lifetime().expiry().days();
        return own != null ? own : staging.getParent().getLifetime().getExpiryDays();
    }

    static boolean isExpiringSoon(Staging staging) {
        Instant expiry = expiresAt(staging);
        return expiry != null && !StagingClock.now().isBefore(expiry.minus(NOTICE));
    }
}
