package io.jenkins.plugins.octopod.staging.maintenance;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.SleepSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.state.LifetimePolicy;
import java.time.Instant;

/**
 * Archives stagings at the times of the project’s {@link SleepSettings}, and restores them. A night lasts from a time of
 * archiving to the next time of restoring, such as a weekend. The morning is its end. The rule tests whether it is night
 * now, so nothing is missed while Jenkins is down.
 */
final class SleepRule implements MaintenanceRule {

    @Override
    public StagingRequest due(Staging staging, LifetimePolicy policy, Instant now) {
        OctopodProject project = staging.getParent();
        SleepSettings.SleepTimes sleepTimes = project.getSleep().lastTimes(now, project.getFullName());
        if (sleepTimes.isNight()) {
            return isToSleep(policy, sleepTimes.sleep()) ? request(staging, Kind.ARCHIVE, new SleepCause()) : null;
        }
        return isToWake(policy, sleepTimes.wake(), now) ? request(staging, Kind.RESTORE, new WakeCause()) : null;
    }

    private static StagingRequest request(Staging staging, Kind kind, Cause cause) {
        return StagingRequest.of(staging.getParent(), staging.getName(), kind, cause);
    }

    /**
     * Returns whether to archive the staging for the night. A staging that was deployed during this night, or whose
     * archiving for this night was cancelled, is still needed.
     */
    private static boolean isToSleep(LifetimePolicy policy, Instant night) {
        if (policy.isPinned()
                || policy.status().isArchived()
                || !policy.lifetime().renewedAt().isBefore(night)) {
            return false;
        }
        Instant asleep = policy.lifetime().asleepSince();
        if (policy.status() == Status.ArchivePending) {
            // Archiving that was requested for a night is completed. A staging that a user archives must not be
            // restored in the morning.
            return asleep != null;
        }
        return asleep == null || asleep.isBefore(night);
    }

    /** Returns whether to restore the staging. A time in the future was recorded while the clock was ahead. */
    private static boolean isToWake(LifetimePolicy policy, @CheckForNull Instant morning, Instant now) {
        Instant asleep = policy.lifetime().asleepSince();
        return policy.isAsleep()
                && morning != null
                && asleep != null
                && (morning.isAfter(asleep) || asleep.isAfter(now));
    }
}
