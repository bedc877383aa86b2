package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A staging was archived to make room for another. */
public final class CapacityCause extends MaintenanceCause {

    private final String newcomer;

    @CheckForNull
    private final String who;

    CapacityCause(String newcomer, String who) {
        this.newcomer = newcomer;
        this.who = who;
    }

    /** The name of the staging that has taken its place. */
    public String getNewcomer() {
        return newcomer;
    }

    @Override
    public String getShortDescription() {
        return who == null ? Messages.CapacityCause_room(newcomer) : Messages.CapacityCause_roomFor(newcomer, who);
    }
}
