package io.jenkins.plugins.octopod.staging.queue;

import hudson.Extension;
import hudson.Util;
import hudson.model.Queue;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Resumes pending actions when Jenkins starts, after a clean shutdown or a crash. */
@Extension
@Restricted(NoExternalUse.class)
public final class ResumeOnStartup extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(ResumeOnStartup.class.getName());

    @Override
    public void onLoaded() {
        ActionQueue.forEachStaging(ResumeOnStartup::resume);
    }

    /** Retries until the queue takes an action, because an accepted action can’t be refused any more. */
    static void requireQueued(Staging staging, boolean queued) {
        if (!queued) {
            Timer.get().schedule(() -> ActionQueue.resumeLater(staging), ActionQueue.RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    static void resume(Staging staging) {
        if (staging.isCleanedUp()) {
            ActionQueue.dropOutdatedItems(staging);
            StagingDeletion.deleteLater(staging);
            return;
        }
        PendingAction pending = staging.observedState().pending();
        if (pending != null && pending.cancellation() != null) {
            ActionQueue.cancel(staging, Util.fixEmpty(pending.cancellation()));
            ActionQueue.dropOutdatedItems(staging);
            StartedScripts.notice(staging);
            return;
        }
        if (pending != null) {
            ActionQueue.saveWithRetry(staging, () -> RequestStore.completeWrite(staging));
        }
        ActionQueue.endOtherRun(staging);
        StartedScripts.notice(staging);
        ActionQueue.dropOutdatedItems(staging);
        if (pending == null) {
            return;
        }
        // Not only the last run, because files might have been restored from a backup, and an action must run only
        // once.
        StagingRun run = RunLookup.recentRun(staging, pending.requestId());
        if (run != null && run.getExecutor() != null) {
            return; // Jenkins was not restarted, but has read its configuration again
        }
        boolean queued = Queue.getInstance().contains(staging);
        if (run == null) {
            LOGGER.info(() -> "Queueing again: " + pending.action() + " of " + staging.getFullName());
            requireQueued(staging, queued || ActionQueue.queue(staging));
        } else if (run.isBuilding()) {
            LOGGER.info(() -> "Going on with " + run);
            InterruptedRuns.await(run);
            requireQueued(staging, queued || ActionQueue.schedule(staging, 0, List.of()));
        } else if (ActionQueue.isCleanedUp(run)) {
            ActionQueue.deleteOnceIdle(run);
        } else {
            ActionQueue.complete(run);
        }
    }
}
