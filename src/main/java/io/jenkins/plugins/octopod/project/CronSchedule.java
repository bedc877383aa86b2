package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.scheduler.CronTab;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import hudson.scheduler.RareOrImpossibleDateException;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Times in Jenkins’ own syntax, as “Build periodically” has them. */
final class CronSchedule {

    private static final Logger LOGGER = Logger.getLogger(CronSchedule.class.getName());
    private static final String ZONE = "TZ=";

    private CronSchedule() {}

    /** @throws IllegalArgumentException if it isn’t such times; the message says why */
    static void require(String spec) {
        CronTabList.create(Util.fixNull(spec));
    }

    /**
     * The last of the times that isn’t after a moment.
     *
     * @param seed of H
     * @return null where there is none, which includes times that can’t be read
     */
    @CheckForNull
    static Instant lastBefore(@CheckForNull String spec, String seed, Instant moment) {
        Instant last = null;
        String zone = null;
        Hash hash = Hash.from(seed);
        int number = 0;
        for (String line : Util.fixNull(spec).split("\\R")) {
            number++;
            String trimmed = line.trim();
            if (number == 1 && trimmed.startsWith(ZONE)) {
                zone = CronTabList.getValidTimezone(trimmed.substring(ZONE.length()));
            } else if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                Instant time = lineLastBefore(trimmed, number, hash, zone, moment);
                last = last == null || time != null && time.isAfter(last) ? time : last;
            }
        }
        return last;
    }

    @CheckForNull
    private static Instant lineLastBefore(String line, int number, Hash hash, String zone, Instant moment) {
        try {
            CronTab tab = new CronTab(line, number, hash, zone);
            Calendar calendar =
                    tab.getTimeZone() == null ? Calendar.getInstance() : Calendar.getInstance(tab.getTimeZone());
            calendar.setTime(Date.from(moment));
            return tab.floor(calendar).toInstant();
        } catch (RareOrImpossibleDateException e) {
            return null;
        } catch (IllegalArgumentException e) {
            // The form lets none pass, but a config.xml may have it.
            LOGGER.log(Level.WARNING, e, () -> "Not a time in Jenkins' syntax: " + line);
            return null;
        }
    }
}
