package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import java.time.Instant;
import java.util.Objects;

/** A user’s choice of when a staging expires, which takes precedence over its project’s settings. Immutable. */
public final class Expiry {

    /**
     * Latest date that is returned. A file that was edited by hand can contain a date that calendars and browsers can’t
     * show.
     */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The project’s settings apply. */
    public static final Expiry AS_PROJECT = new Expiry(null, null);

    @CheckForNull
    private final Integer days;

    @CheckForNull
    private final Long date;

    private Expiry(Integer days, Long date) {
        this.days = days;
        this.date = date;
    }

    /**
     * Returns an expiry after a number of days.
     *
     * @param days number of days without a deployment; 0 for never
     */
    public static Expiry afterDays(int days) {
        if (days < 0 || days > LifetimeSettings.MAX_DAYS) {
            throw new IllegalArgumentException("not a number of days: " + days);
        }
        return new Expiry(days, null);
    }

    public static Expiry at(@NonNull Instant date) {
        return new Expiry(null, date.toEpochMilli());
    }

    /**
     * Returns the number of days without a deployment, at most {@link LifetimeSettings#MAX_DAYS}; 0 for never, null if
     * no number was chosen.
     */
    @CheckForNull
    public Integer days() {
        return days == null ? null : Integer.valueOf(Math.min(Math.max(0, days), LifetimeSettings.MAX_DAYS));
    }

    /** Returns the date; null if no date was chosen. */
    @CheckForNull
    public Instant date() {
        return date == null ? null : Instant.ofEpochMilli(Math.min(date, LATEST.toEpochMilli()));
    }

    public boolean isAsProject() {
        return days == null && date == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expiry that && Objects.equals(days, that.days) && Objects.equals(date, that.date);
    }

    @Override
    public int hashCode() {
        return Objects.hash(days, date);
    }
}
