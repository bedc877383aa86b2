package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import java.time.Instant;
import java.util.Objects;

/** What somebody wants of a staging’s expiry, over what its project says. Immutable. */
public final class Expiry {

    /** What is written into a file by hand may be beyond what calendars and browsers can tell. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** As the project says. */
    public static final Expiry AS_PROJECT = new Expiry(null, null);

    @CheckForNull
    private final Integer days;

    @CheckForNull
    private final Long date;

    private Expiry(Integer days, Long date) {
        this.days = days;
        this.date = date;
    }

    /** @param days without a deployment; 0 for never */
    public static Expiry afterDays(int days) {
        if (days < 0 || days > LifetimeSettings.MAX_DAYS) {
            throw new IllegalArgumentException("not a number of days: " + days);
        }
        return new Expiry(days, null);
    }

    public static Expiry at(@NonNull Instant date) {
        return new Expiry(null, date.toEpochMilli());
    }

    /** Without a deployment; 0 for never, at most {@link LifetimeSettings#MAX_DAYS}, null if that isn’t what was asked for. */
    @CheckForNull
    public Integer days() {
        return days == null ? null : Integer.valueOf(Math.min(Math.max(0, days), LifetimeSettings.MAX_DAYS));
    }

    /** Null where none was asked for. */
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
