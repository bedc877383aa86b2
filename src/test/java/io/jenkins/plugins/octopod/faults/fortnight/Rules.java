package io.jenkins.plugins.octopod.faults.fortnight;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.faults.fortnight.StagingModel.Request;
import io.jenkins.plugins.octopod.staging.Staging;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What Jenkins may do, and from when on. All of it is permission: what is allowed need not happen. What is promised of each request
 * and each status is in {@link Model} and {@link Comparison}.
 */
final class Rules {

    /** The documented system property with the time, in seconds, for which a run waits for its agent. */
    static final String RECONNECT_TIMEOUT = "io.jenkins.plugins.octopod.agentReconnectTimeout";

    /** Stagings sleep and wake by the clock of a place whose clocks are changed during the simulation. */
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    static final LocalTime SLEEP = LocalTime.of(20, 0);
    static final LocalTime WAKE = LocalTime.of(7, 0);
    static final int RETENTION_DAYS = 2;

    /** How long the job of a branch must be gone. */
    private static final Duration BRANCH_GRACE = Duration.ofMinutes(15);

    /** A clock that is an hour behind for some time makes what is counted from then an hour too early. */
    private static final Duration TOLERANCE = Duration.ofHours(2);

    private Rules() {}

    static boolean isNight(Instant time) {
        LocalTime local = time.atZone(ZONE).toLocalTime();
        return local.isBefore(WAKE) || !local.isBefore(SLEEP);
    }

    /**
     * Why what Jenkins asked for by itself wasn't due; empty if it may have been. Archiving may follow the controller's clock,
     * even if that is wrong. What removes data may not.
     *
     * @param goneSince since when the job is gone that has deployed it; null if it isn't
     * @param now what time it is
     * @param clock what the controller's clock says
     */
    static Optional<String> refuse(
            StagingModel staging, Request request, @CheckForNull Instant goneSince, Instant now, Instant clock) {
        String cause = String.valueOf(request.cause);
        Instant later = clock.isAfter(now) ? clock : now;
        return switch (cause) {
            case "ExpiryCause" ->
                staging.pinned ? Optional.of("it is pinned") : unless(isExpired(staging, later), "it hasn't expired");
            case "RetentionCause" -> mayBeCleanedUp(staging, now);
            case "SleepCause" ->
                staging.pinned
                        ? Optional.of("it is pinned")
                        : unless(staging.sleeps && (isNight(now) || isNight(clock)), "it isn't night");
            case "DeletedBranchCause" ->
                staging.pinned
                        ? Optional.of("it is pinned")
                        : unless(
                                goneSince != null && !now.isBefore(goneSince.plus(BRANCH_GRACE)),
                                "its branch isn't gone, or not for long enough");
            case "WakeCause" -> unless(!isNight(now) || !isNight(clock), "it is night");
            default -> Optional.of("there is no such rule");
        };
    }

    /** Why it must not be cleaned up by Jenkins itself; empty if it may be. */
    static Optional<String> mayBeCleanedUp(StagingModel staging, Instant now) {
        if (staging.pinned) {
            return Optional.of("it is pinned");
        }
        if (staging.status == Status.CleanupFailed) {
            return Optional.empty();
        }
        if (staging.archivedAt == null) {
            return Optional.of("it isn't archived");
        }
        if (staging.asleep && !isExpired(staging, now)) {
            return Optional.of("it was archived for the night only");
        }
        Instant earliest =
                staging.archivedAt.plus(Duration.ofDays(RETENTION_DAYS)).minus(TOLERANCE);
        return unless(!now.isBefore(earliest), "it is archived since " + staging.archivedAt + " only");
    }

    private static boolean isExpired(StagingModel staging, Instant time) {
        return staging.expiryDays > 0
                && staging.renewedAt != null
                && !time.isBefore(staging.renewedAt
                        .plus(Duration.ofDays(staging.expiryDays))
                        .minus(TOLERANCE));
    }

    private static Optional<String> unless(boolean allowed, String refusal) {
        return allowed ? Optional.empty() : Optional.of(refusal);
    }

    /**
     * Why a script of a request of Jenkins itself must not begin now; empty if it may. That is asked again when its run
     * begins, as it may have waited for days.
     *
     * @param goneSince since when the job is gone that has deployed it; null if it isn't
     * @param nightJustOver whether it was night at the last comparison or is now
     */
    static Optional<String> refuseScript(Request request, @CheckForNull Instant goneSince, boolean nightJustOver) {
        if (request.forbidden != null) {
            return Optional.of(request.forbidden);
        }
        if ("SleepCause".equals(request.cause)) {
            return unless(nightJustOver, "the night is over");
        }
        if ("DeletedBranchCause".equals(request.cause) && goneSince == null) {
            return Optional.of("its branch is there again");
        }
        return Optional.empty();
    }

    /** Whether Jenkins says that a script of a staging may still run, or follows one. */
    static boolean isScriptKnown(Staging staging) {
        return staging.isBusy() || staging.isUnclear();
    }

    /** Whether a run says that its script was lost with its agent, and may not have begun. */
    static boolean isLostWithAgent(String reason) {
        return reason.contains("without an exit code")
                || reason.contains("was removed from Jenkins")
                || reason.contains("didn’t end within")
                || reason.contains("didn’t reconnect within");
    }

    /** What Jenkins should show of a staging that isn't busy, whose deployment is so; null if it may show what it likes. */
    @CheckForNull
    static Status expected(Status shown, String state) {
        return switch (shown) {
            case Archived -> isServing(state) ? Status.Running : Status.Archived;
            case CleanupFailed -> null;
            case ArchivePending -> isServing(state) ? Status.ArchivePending : Status.Archived;
            default ->
                switch (state) {
                    case "up" -> Status.Running;
                    case "partly" -> Status.PartialAvailability;
                    default -> Status.GenericFailure;
                };
        };
    }

    private static boolean isServing(String state) {
        return state.equals("up") || state.equals("partly");
    }
}
