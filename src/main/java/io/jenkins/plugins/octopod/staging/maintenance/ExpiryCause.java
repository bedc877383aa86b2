package io.jenkins.plugins.octopod.staging.maintenance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.time.Instant;
import java.util.Date;

/** Cause of archiving a staging because it had expired. */
public final class ExpiryCause extends MaintenanceCause {

    /** Null if it expired on a date. */
    @CheckForNull
    private final Integer days;

    @CheckForNull
    private final Long date;

    private ExpiryCause(Integer days, Long date) {
        this.days = days;
        this.date = date;
    }

    static ExpiryCause of(LifetimePolicy policy) {
        Instant date = policy.expiryDate();
        return date == null ? new ExpiryCause(policy.expiryDays(), null) : new ExpiryCause(null, date.toEpochMilli());
    }

    @Override
    public String getShortDescription() {
        return date == null ? Messages.ExpiryCause_days(days) : Messages.ExpiryCause_date(new Date(date));
    }
}
