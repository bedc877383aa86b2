package io.jenkins.plugins.octopod.staging.turn;

import hudson.model.Computer;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Waits until the name of a staging that is being deleted is free: listeners hear of a deletion before its project does. */
@Restricted(NoExternalUse.class)
public final class DeletedStaging {

    private static final long POLL_INTERVAL_MILLIS = 50;
    private static final int MAX_POLLS = 400;

    private DeletedStaging() {}

    /** Does something on another thread as soon as the project doesn’t have the staging any more. */
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

    /** Returns whether the project has no such staging any more, or another one of its name. */
    public static boolean isGone(Staging staging) {
        return staging.getParent().childOrNull(staging.getName()) != staging;
    }
}
