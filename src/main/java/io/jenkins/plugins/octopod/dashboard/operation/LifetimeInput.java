package io.jenkins.plugins.octopod.dashboard.operation;

import hudson.Util;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Expiry of a staging as a user typed it.
 *
 * @param days number of days without a deployment
 * @param date date and time in {@code zone} in the format of browsers, such as 2026-12-24T18:00, or a day, whose end
 *     counts
 * @param zone id of the time zone
 * @param daysError problem with the days, or {@code null} if there is none
 * @param dateError problem with the date, or {@code null} if there is none
 * @param error any other problem, or {@code null} if there is none
 */
public record LifetimeInput(String days, String date, String zone, String daysError, String dateError, String error) {

    private static final int LAST_YEAR = 9999;

    static LifetimeInput of(Expiry expiry, String zone) {
        Integer days = expiry.days();
        Instant date = expiry.date();
        return new LifetimeInput(
                days == null ? "" : days.toString(),
                date == null
                        ? ""
                        : LocalDateTime.ofInstant(date, zoneId(zone))
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString(),
                zoneId(zone).getId(),
                null,
                null,
                null);
    }

    static LifetimeInput typed(String days, String date, String zone) {
        return new LifetimeInput(
                Util.fixNull(days).trim(),
                Util.fixNull(date).trim(),
                zoneId(zone).getId(),
                null,
                null,
                null);
    }

    /**
     * Parses the input.
     *
     * @throws RefusalException if it is invalid
     */
    Expiry expiry() throws RefusalException {
        if (!days.isEmpty() && !date.isEmpty()) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.LifetimeInput_both());
        }
        if (!days.isEmpty()) {
            return Expiry.afterDays(parsedDays());
        }
        return date.isEmpty() ? Expiry.AS_PROJECT : Expiry.at(parsedDate());
    }

    private int parsedDays() throws RefusalException {
        try {
            int number = Integer.parseInt(days);
            if (number >= 0 && number <= LifetimeSettings.MAX_DAYS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The exception is thrown below.
        }
        throw new RefusalException(Reason.INVALID_INPUT, Messages.LifetimeInput_notDays(days));
    }

    private Instant parsedDate() throws RefusalException {
        try {
            boolean day = date.indexOf('T') < 0;
            LocalDateTime local = day ? LocalDate.parse(date).plusDays(1).atStartOfDay() : LocalDateTime.parse(date);
            if (local.getYear() > LAST_YEAR) {
                throw new RefusalException(Reason.INVALID_INPUT, Messages.LifetimeInput_notADate(date));
            }
            return local.atZone(zoneId(zone)).toInstant();
        } catch (DateTimeException e) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.LifetimeInput_notADate(date), e);
        }
    }

    LifetimeInput refused(RefusalException e) {
        boolean input = e.getReason() == Reason.INVALID_INPUT;
        boolean aboutDays = input && date.isEmpty();
        boolean aboutDate = input && !date.isEmpty();
        return new LifetimeInput(
                days,
                date,
                zone,
                aboutDays ? e.getMessage() : null,
                aboutDate ? e.getMessage() : null,
                input ? null : e.getMessage());
    }

    /** Returns the time zone; Jenkins’ time zone if the id is unknown. */
    private static ZoneId zoneId(String zone) {
        try {
            return Util.fixEmptyAndTrim(zone) == null
                    ? ZoneId.systemDefault()
                    : ZoneId.of(zone.trim(), ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }
}
