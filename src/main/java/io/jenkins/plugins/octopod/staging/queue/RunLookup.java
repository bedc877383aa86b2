package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Queue;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import java.util.function.Predicate;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds the run or the queue item of a request, for callers that wait for the result. */
@Restricted(NoExternalUse.class)
public final class RunLookup {

    /** A staging has one run at a time, so only a caller that was away for long needs to look far back. */
    private static final int MAX_RUNS = 100;

    private static final int MAX_RECENT_RUNS = 10;

    private RunLookup() {}

    /** Returns the request’s run; null if it waits, never began, or is too old. */
    @CheckForNull
    public static StagingRun run(Staging staging, String requestId) {
        return run(staging, requestId::equals);
    }

    /**
     * Like {@link #run(Staging, String)}, but however old the run is. Reads every run if the request has none, so only a
     * user’s explicit request may cause the search.
     */
    @CheckForNull
    public static StagingRun anyRun(Staging staging, String requestId) {
        return run(staging, requestId::equals, Integer.MAX_VALUE);
    }

    /**
     * Returns the newest accepted request whose id matches, whether it waits, runs or is done; null if there is none.
     */
    @CheckForNull
    public static String requestId(Staging staging, Predicate<String> which) {
        PendingAction pending = staging.observedState().pending();
        if (pending != null && which.test(pending.requestId())) {
            return pending.requestId();
        }
        StagingRun run = run(staging, which);
        StagingRunParameters parameters = run == null ? null : run.parameters();
        return parameters == null ? null : parameters.getRequestId();
    }

    /**
     * Like {@link #run(Staging, String)}, but only among the last runs, because it is called for thousands of stagings
     * when Jenkins starts.
     */
    @CheckForNull
    static StagingRun recentRun(Staging staging, String requestId) {
        return run(staging, requestId::equals, MAX_RECENT_RUNS);
    }

    @CheckForNull
    private static StagingRun run(Staging staging, Predicate<String> which) {
        return run(staging, which, MAX_RUNS);
    }

    @CheckForNull
    private static StagingRun run(Staging staging, Predicate<String> which, int most) {
        StagingRun run = staging.getLastBuild();
        for (int i = 0; run != null && i < most; i++) {
            StagingRunParameters parameters = run.parameters();
            if (parameters != null && which.test(parameters.getRequestId())) {
                return run;
            }
            run = run.getPreviousBuild();
        }
        return null;
    }

    /** Returns whether the request was accepted and isn’t done. */
    public static boolean isPending(Staging staging, String requestId) {
        PendingAction pending = staging.observedState().pending();
        return pending != null && pending.requestId().equals(requestId);
    }

    /** Returns the staging’s queue item; null if there is none. */
    @CheckForNull
    public static Queue.Item queued(Staging staging) {
        return Queue.getInstance().getItem(staging);
    }

    /**
     * Returns why the queued run of a staging hasn’t begun. Jenkins’ own reason can name the label of the project’s
     * agents, which is a setting, so a user who can’t read settings gets a sentence without it. Jenkins’ list of the
     * build queue shows its reason to each user who can read the staging, as for every job.
     *
     * @return {@code null} if no run is queued, if the queue has just taken it, or if Jenkins gives no reason
     */
    @CheckForNull
    public static String queueReason(Staging staging) {
        Queue.Item item = queued(staging);
        if (item == null || item instanceof Queue.WaitingItem) {
            return null;
        }
        boolean isForAgent = item instanceof Queue.BuildableItem;
        return isForAgent && !MessageDisclosure.isDetailPermitted(staging.getParent())
                ? Messages.RunLookup_waitingForAgent()
                : Util.fixEmptyAndTrim(item.getWhy());
    }
}
