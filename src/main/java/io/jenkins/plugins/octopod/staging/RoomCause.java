package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A staging was archived to make room for another. */
public final class RoomCause extends UpkeepCause {

    private final String newcomer;

    @CheckForNull
    private final String who;

    RoomCause(String newcomer, String who) {
        this.newcomer = newcomer;
        this.who = who;
    }

    /** The name of the staging that has taken its place. */
    public String getNewcomer() {
        return newcomer;
    }

    @Override
    public String getShortDescription() {
        return who == null ? Messages.RoomCause_room(newcomer) : Messages.RoomCause_roomFor(newcomer, who);
    }
}
