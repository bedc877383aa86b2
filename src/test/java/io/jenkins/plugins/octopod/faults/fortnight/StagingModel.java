package io.jenkins.plugins.octopod.faults.fortnight;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;

/** What the model knows of one staging. Guarded by the {@link Model}. */
final class StagingModel {

    final String name;
    final boolean sleeps;

    @CheckForNull
    Status status;

    /** The request that isn't ended; null if there is none. */
    @CheckForNull
    Request pending;

    /** The request whose script began last; null if none has. */
    @CheckForNull
    Request lastBegun;

    /** The request that was lost with its agent since a script began, perhaps before its own; null if none was. */
    @CheckForNull
    Request lost;

    /** Since when it is archived; null if it isn't. */
    @CheckForNull
    Instant archivedAt;

    /** Since when it was archived before the restoration that was accepted last; null if there was none. */
    @CheckForNull
    Instant archivedBefore;

    /** Whether it was archived for the night, and nobody has archived or restored it since. */
    boolean asleep;

    boolean pinned;

    /** The full name of the job whose script has deployed it last; null if none has. */
    @CheckForNull
    String deployedBy;

    /** When somebody last wanted it to run. */
    @CheckForNull
    Instant renewedAt;

    /** 0 for never. */
    int expiryDays;

    StagingModel(String name, boolean sleeps) {
        this.name = name;
        this.sleeps = sleeps;
    }

    /** It isn't there any more. */
    void forget() {
        status = null;
        pending = null;
        lastBegun = null;
        lost = null;
        archivedAt = null;
        archivedBefore = null;
        asleep = false;
        pinned = false;
        deployedBy = null;
        renewedAt = null;
        expiryDays = 0;
    }

    /** What the model knows of an accepted request. Guarded by the {@link Model}. */
    static final class Request {

        final String id;
        final String staging;
        final StagingAction action;
        final Instant accepted;

        /** In which step it was accepted. */
        final int step;

        /** The simple name of the cause of maintenance; null where a person has asked. */
        @CheckForNull
        final String cause;

        /** What its script is to be given as {@code VALUE}; null if nothing. */
        @CheckForNull
        final String value;

        /** The full name of the job that has asked for a deployment; null if none has. */
        @CheckForNull
        String job;

        /** How often its script has begun. */
        int begun;

        boolean ended;

        /** Why it may end without its script; null if it may not. */
        @CheckForNull
        String excuse;

        /** Whether its agent was lost before its script was seen to begin. */
        boolean mayBeLost;

        /** Why its script must not begin any more; null if it may. */
        @CheckForNull
        String forbidden;

        Request(
                String id,
                String staging,
                StagingAction action,
                Instant accepted,
                int step,
                @CheckForNull String cause,
                @CheckForNull String value) {
            this.id = id;
            this.staging = staging;
            this.action = action;
            this.accepted = accepted;
            this.step = step;
            this.cause = cause;
            this.value = value;
        }

        @Override
        public String toString() {
            return action + " " + id + (cause == null ? "" : " (" + cause + ")");
        }
    }
}
