package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Lifetime of a staging. If {@code expiryDays} and {@code expiryDate} are both {@code null}, the project’s setting
 * applies.
 *
 * @param pinned whether the staging is exempt from automatic expiry, sleep and cleanup
 * @param expiryDays number of days without a deployment after which the staging is archived; 0 for never; {@code null}
 *     if not set
 * @param expiryDate when the staging is archived, in the format of RFC 3339; {@code null} if not set
 */
public record LifetimeDto(
        Boolean pinned,
        @CheckForNull Integer expiryDays,
        @CheckForNull String expiryDate) {

    private static final int LAST_YEAR = 9999;

    /**
     * Creates the lifetime.
     *
     * @throws IllegalArgumentException if {@code pinned} is missing, both kinds of expiry are set, or one is invalid; the
     *     message is a sentence
     */
    public LifetimeDto {
        if (pinned == null || expiryDays != null && expiryDate != null) {
            throw new IllegalArgumentException(Messages.LifetimeDto_expected());
        }
        if (expiryDays != null && (expiryDays < 0 || expiryDays > LifetimeSettings.MAX_DAYS)) {
            throw new IllegalArgumentException(Messages.LifetimeDto_days(LifetimeSettings.MAX_DAYS));
        }
        if (expiryDate != null) {
            parsed(expiryDate);
        }
    }

    public static LifetimeDto of(Staging staging) {
        Expiry expiry = staging.lifetime().expiry();
        return new LifetimeDto(staging.isPinned(), expiry.days(), ApiFormat.of(expiry.date()));
    }

    /** Returns the expiry; {@link Expiry#AS_PROJECT} if none is set. */
    public Expiry expiry() {
        if (expiryDays != null) {
            return Expiry.afterDays(expiryDays);
        }
        return expiryDate == null
                ? Expiry.AS_PROJECT
                : Expiry.at(parsed(expiryDate).toInstant());
    }

    private static OffsetDateTime parsed(String date) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(date).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeException e) {
            // The exception is thrown below.
        }
        throw new IllegalArgumentException(Messages.LifetimeDto_date());
    }
}
