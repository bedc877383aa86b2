package io.jenkins.plugins.octopod.staging.upkeep;

import io.jenkins.plugins.octopod.staging.UpkeepCause;

/** A staging was restored after the night. */
public final class WakeCause extends UpkeepCause {

    @Override
    public String getShortDescription() {
        return Messages.WakeCause_morning();
    }
}
