package io.jenkins.plugins.octopod.staging;

import hudson.model.Cause;
import java.util.List;

/** Why Jenkins does something with a staging by itself, by a rule of its project. */
public abstract class UpkeepCause extends Cause {

    /** Whether it was archived only to be restored later. */
    public boolean isSleep() {
        return false;
    }

    static boolean isSleepAmong(List<Cause> causes) {
        return causes.stream().anyMatch(cause -> cause instanceof UpkeepCause upkeep && upkeep.isSleep());
    }

    static boolean isAmong(List<Cause> causes) {
        return causes.stream().anyMatch(UpkeepCause.class::isInstance);
    }
}
