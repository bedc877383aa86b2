package io.jenkins.plugins.octopod.staging.support;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** A time in the past, which pages show relative to the current time. */
public record RelativeTime(Instant instant) {

    /** Returns the elapsed time, such as “3 min”. */
    public String getElapsed() {
        long millis = Duration.between(instant, StagingClock.now()).toMillis();
        return Util.getTimeSpanString(Math.max(0, millis));
    }

    public String getAgo() {
        return Messages.RelativeTime_ago(getElapsed());
    }

    /** Returns the time for machines, in ISO 8601. */
    public String getIso() {
        return instant.toString();
    }

    public Date getDate() {
        return Date.from(instant);
    }
}
