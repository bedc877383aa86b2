package io.jenkins.plugins.octopod.staging.queue;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Queue;
import io.jenkins.plugins.octopod.staging.QueuedRequest;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.List;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Refuses queue items that do not belong to a staging’s pending action, for example those of {@code build job:} in a
 * Pipeline.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class StagingQueueGuard extends Queue.QueueDecisionHandler {

    private static final Logger LOGGER = Logger.getLogger(StagingQueueGuard.class.getName());

    @Override
    public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
        if (!(task instanceof Staging staging)) {
            return true;
        }
        StagingRun unfinished = staging.unfinishedRun();
        boolean running = unfinished != null && unfinished.getExecutor() != null;
        boolean allowed = !running && QueuedRequest.isPending(staging, actions);
        if (!allowed) {
            LOGGER.warning(
                    () -> staging.getFullName()
                            + " was not queued: only the accepted action of a staging can be. Use octopodDeploy or another step.");
        }
        return allowed;
    }
}
