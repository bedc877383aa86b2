package io.jenkins.plugins.octopod.staging.lifetime;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.List;

/** Cause of an action that Jenkins starts automatically because of a rule of the staging’s project. */
public abstract class MaintenanceCause extends Cause {

    /** Returns whether the staging is archived only for the night. */
    public boolean isSleep() {
        return false;
    }

    @ModuleInternal
    public static boolean isSleepAmong(List<Cause> causes) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof MaintenanceCause maintenanceCause && maintenanceCause.isSleep());
    }

    @ModuleInternal
    public static boolean isAmong(List<Cause> causes) {
        return causes.stream().anyMatch(MaintenanceCause.class::isInstance);
    }
}
