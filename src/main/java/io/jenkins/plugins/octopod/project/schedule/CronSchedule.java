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

/** Times in Jenkins’ own syntax, as “Build periodically” has them. */
@ModuleInternal
public final class CronSchedule {

    private static final Logger LOGGER = Logger.getLogger(CronSchedule.class.getName());
    private static final String ZONE = "TZ=";

    private CronSchedule() {}

    /** @throws IllegalArgumentException if it isn’t such times; the message says why */
    public static void require(String spec) {
        CronTabList.create(Util.fixNull(spec));
    }

    /**
     * The last of the times that isn’t after a moment.
     *
     * @param seed of H
     * @return null if there is none, which includes times that can’t be read
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
            // The form lets none pass, but a config.xml may have it.
            LOGGER.log(Level.WARNING, e, () -> "Not a time in Jenkins' syntax: " + line);
            return null;
        }
    }

    /**
     * By the clock on the wall, which Jenkins’ calendar gets wrong around the hour that is skipped or comes twice: it tells
     * times that are yet to come. A time in a skipped hour is as much later, one in an hour that comes twice is its first.
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

    /** In a zone of its own, which has no such hours. */
    private static LocalDateTime floor(CronTab tab, LocalDateTime wall) {
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));
        calendar.setTime(Date.from(wall.toInstant(ZoneOffset.UTC)));
        return LocalDateTime.ofInstant(tab.floor(calendar).toInstant(), ZoneOffset.UTC);
    }
}
