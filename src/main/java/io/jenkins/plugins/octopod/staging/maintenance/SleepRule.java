package io.jenkins.plugins.octopod.staging.maintenance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.time.Instant;

/**
 * Archives stagings for the night and restores them in the morning. The rule tests whether it is night now, so nothing
 * is missed while Jenkins is down.
 */
final class SleepRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, Instant now) {
        OctopodProject project = staging.getParent();
        SleepSettings.SleepTimes sleepTimes = project.getSleep().lastTimes(now, project.getFullName());
        if (sleepTimes.isNight()) {
            return isToSleep(staging, sleepTimes.sleep()) ? request(staging, Kind.ARCHIVE, new SleepCause()) : null;
        }
        return isToWake(staging, sleepTimes.wake()) ? request(staging, Kind.RESTORE, new WakeCause()) : null;
    }

    private static StagingRequest request(Staging staging, Kind kind, Cause cause) {
        return StagingRequest.of(staging.getParent(), staging.getName(), kind, cause);
    }

    /** Somebody who has deployed it this night still needs it, and so does who has called its archiving off. */
    private static boolean isToSleep(Staging staging, Instant night) {
        if (staging.isPinned()
                || staging.getStatus().isArchived()
                || !staging.renewedAt().isBefore(night)) {
            return false;
        }
        Instant asleep = staging.lifetime().asleepSince();
        if (staging.getStatus() == Status.ArchivePending) {
            // What was begun for some night is brought to its end; what somebody wants archived isn't to be woken.
            return asleep != null;
        }
        return asleep == null || asleep.isBefore(night);
    }

    private static boolean isToWake(Staging staging, @CheckForNull Instant morning) {
        Instant asleep = staging.lifetime().asleepSince();
        return staging.isAsleep() && morning != null && asleep != null && morning.isAfter(asleep);
    }
}
