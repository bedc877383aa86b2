package io.jenkins.plugins.octopod.project.schedule;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.scheduler.CronTab;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import hudson.scheduler.RareOrImpossibleDateException;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Schedules in Jenkins’ own syntax, like those of “Build periodically”. */
@ModuleInternal
public final class CronSchedule {

    private static final Logger LOGGER = Logger.getLogger(CronSchedule.class.getName());
    private static final String ZONE = "TZ=";

    private CronSchedule() {}

    /**
     * Checks a schedule.
     *
     * @throws IllegalArgumentException if it is invalid; the message says why
     */
    public static void require(String spec) {
        CronTabList.create(Util.fixNull(spec));
    }

    /**
     * Returns the last scheduled time at or before an instant.
     *
     * @param seed text from which the times for H are derived
     * @return null if there is none, or the schedule is invalid
     */
    @CheckForNull
    public static Instant lastBefore(@CheckForNull String spec, String seed, Instant instant) {
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
                Instant time = lineLastBefore(trimmed, number, hash, zone, instant);
                last = last == null || time != null && time.isAfter(last) ? time : last;
            }
        }
        return last;
    }

    @CheckForNull
    private static Instant lineLastBefore(String line, int number, Hash hash, String zone, Instant instant) {
        try {
            CronTab tab = new CronTab(line, number, hash, zone);
            TimeZone own = tab.getTimeZone();
            return lastBefore(tab, own == null ? ZoneId.systemDefault() : own.toZoneId(), instant);
        } catch (RareOrImpossibleDateException e) {
            return null;
        } catch (IllegalArgumentException e) {
            // The form refuses an invalid schedule, but a config.xml can contain one.
            LOGGER.log(Level.WARNING, e, () -> "Not a time in Jenkins' syntax: " + line);
            return null;
        }
    }

    /**
     * Returns the last time by local time. Jenkins’ calendar is wrong around an hour that daylight saving time skips or
     * repeats, and can return a future time. A time in a skipped hour is shifted by an hour, and a time in a repeated
     * hour is its first occurrence.
     */
    private static Instant lastBefore(CronTab tab, ZoneId zone, Instant instant) {
        List<LocalDateTime> walls = new ArrayList<>();
        walls.add(LocalDateTime.ofInstant(instant, zone));
        ZoneOffsetTransition change = zone.getRules().previousTransition(instant.plusSeconds(1));
        if (change != null) {
            walls.add(change.getDateTimeBefore().minusMinutes(1));
        }
        return walls.stream()
                .map(wall -> floor(tab, wall).atZone(zone).toInstant())
                .filter(time -> !time.isAfter(instant))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Calculates in UTC, which has no skipped or repeated hours. */
    private static LocalDateTime floor(CronTab tab, LocalDateTime wall) {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
        calendar.setTime(Date.from(wall.toInstant(ZoneOffset.UTC)));
        return LocalDateTime.ofInstant(tab.floor(calendar).toInstant(), ZoneOffset.UTC);
    }
}
