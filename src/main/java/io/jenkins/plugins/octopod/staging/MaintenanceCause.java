package io.jenkins.plugins.octopod.staging;

import hudson.model.Cause;
import java.util.List;

/** Why Jenkins does something with a staging by itself, by a rule of its project. */
public abstract class MaintenanceCause extends Cause {

    /** Whether it was archived only to be restored later. */
    public boolean isSleep() {
        return false;
    }

    static boolean isSleepAmong(List<Cause> causes) {
        return causes.stream().anyMatch(cause -> cause instanceof MaintenanceCause upkeep && upkeep.isSleep());
    }

    static boolean isAmong(List<Cause> causes) {
        return causes.stream().anyMatch(MaintenanceCause.class::isInstance);
    }
}
