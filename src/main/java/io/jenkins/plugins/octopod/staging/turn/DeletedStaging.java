package io.jenkins.plugins.octopod.staging.turn;

import hudson.model.Computer;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Waits until the name of a staging that is being deleted is free, because listeners are notified of a deletion before
 * the project removes the staging.
 */
@Restricted(NoExternalUse.class)
public final class DeletedStaging {

    private static final long POLL_INTERVAL_MILLIS = 50;
    private static final int MAX_POLLS = 400;

    private DeletedStaging() {}

    /** Runs a task on another thread as soon as the project doesn’t have the staging any more, or after 20 seconds. */
    public static void whenGone(Staging staging, Runnable then) {
        look(staging, then, MAX_POLLS);
    }

    private static void look(Staging staging, Runnable then, int polls) {
        Runnable look = () -> {
            if (!isGone(staging) && polls > 0) {
                look(staging, then, polls - 1);
            } else {
                Computer.threadPoolForRemoting.submit(then);
            }
        };
        Timer.get().schedule(look, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns whether the project no longer has this staging, even if it has a new one with the same name. */
    public static boolean isGone(Staging staging) {
        return staging.getParent().childOrNull(staging.getName()) != staging;
    }
}
