package io.jenkins.plugins.octopod.kubernetes.page;

import hudson.Util;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** How long ago something was, for pages. */
public record Age(Instant since) {

    /** Such as “3 min”. */
    public String getElapsed() {
        long millis = Duration.between(since, StagingClock.now()).toMillis();
        return Util.getTimeSpanString(Math.max(0, millis));
    }

    /** For machines. */
    public String getIso() {
        return since.toString();
    }

    public Date getDate() {
        return Date.from(since);
    }
}
