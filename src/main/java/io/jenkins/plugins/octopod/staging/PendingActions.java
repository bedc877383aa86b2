package io.jenkins.plugins.octopod.staging;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.QueueListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusTable;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Sees to it that each accepted action comes to an end: it is queued, a run takes it up, and the staging is free again
 * when that is done; whatever becomes of the queue or of Jenkins meanwhile.
 */
@Restricted(NoExternalUse.class)
public final class PendingActions {

    private static final Logger LOGGER = Logger.getLogger(PendingActions.class.getName());
    private static final long LOOK_EVERY_MILLIS = 50;

    private PendingActions() {}

    /** Queues what the staging is waiting for; false where something in Jenkins refuses that. */
    static boolean queue(Staging staging) {
        PendingAction pending = Objects.requireNonNull(staging.record().pending());
        List<Action> actions = new ArrayList<>();
        actions.add(new StagingRunParameters(
                pending.requestId(),
                pending.action(),
                staging.getApplicationOverrides(),
                staging.getDeploymentOverrides(),
                pending.isConfigChecked()));
        if (!pending.causes().isEmpty()) {
            actions.add(new CauseAction(pending.causes()));
        }
        return !Queue.getInstance().schedule2(staging, 0, actions).isRefused();
    }

    /** Frees a staging whose action won’t be done; nothing of it has been. */
    static void callOff(Staging staging, String sentence) {
        StatusTable table = new StatusTable(staging.getParent().statusTimeoutDuration());
        try {
            staging.observe(record -> {
                if (record.pending() == null) {
                    return record;
                }
                Event calledOff = new Event.CalledOff(record.pending().before());
                Status after = table.observed(record.status(), calledOff, Duration.ZERO)
                        .status();
                return record.with(after, sentence, Instant.now()).withPending(null);
            });
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The status of " + staging.getFullName() + " couldn't be stored");
        }
    }

    /** Stores what a run has come to, and makes its staging free; one that is gone stays busy until it is deleted. */
    static void settle(StagingRun run) throws IOException {
        StagingRunParameters parameters = run.parameters();
        Staging staging = run.getParent();
        if (parameters == null || isGone(run)) {
            return;
        }
        Status after = run.getStatusAfter() == null ? staging.getStatus() : run.getStatusAfter();
        staging.observe(record -> {
            boolean own =
                    record.pending() != null && record.pending().requestId().equals(parameters.getRequestId());
            return own ? record.with(after, run.getReason(), Instant.now()).withPending(null) : record;
        });
    }

    /** Whether the run has removed everything that there was of its staging. */
    static boolean isGone(StagingRun run) {
        return run.action() == StagingAction.CLEANUP && run.getResult() == Result.SUCCESS;
    }

    /** Deletes the staging of a run, and with it the run, once no executor has that any more. */
    static void deleteOnceIdle(StagingRun run) {
        Timer.get().schedule(() -> delete(run), LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void delete(StagingRun run) {
        if (run.getExecutor() != null) {
            deleteOnceIdle(run);
            return;
        }
        Staging staging = run.getParent();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging.observe(record -> record.withPending(null));
            staging.delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Staging " + staging.getFullName() + " is cleaned up, but still there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a start: takes up what was going on when Jenkins stopped, however it stopped. */
    @Extension
    public static final class AfterStart extends ItemListener {

        @Override
        public void onLoaded() {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                for (OctopodProject project : Jenkins.get().getAllItems(OctopodProject.class)) {
                    for (Staging staging : project.getItems(Staging.class::isInstance).stream()
                            .map(Staging.class::cast)
                            .toList()) {
                        takeUp(staging);
                    }
                }
            }
        }

        private static void takeUp(Staging staging) {
            PendingAction pending = staging.record().pending();
            if (pending == null || Queue.getInstance().contains(staging)) {
                return;
            }
            StagingRun last = staging.getLastBuild();
            StagingRunParameters parameters = last == null ? null : last.parameters();
            boolean begun = parameters != null && parameters.getRequestId().equals(pending.requestId());
            if (begun && last.getExecutor() != null) {
                return; // Jenkins was not started, but told to read its configuration again
            }
            if (!begun) {
                LOGGER.info(() -> "Queueing again: " + pending.action() + " of " + staging.getFullName());
                queue(staging);
            } else if (last.isBuilding() && last.agent() == null) {
                last.abandon(Result.FAILURE, Messages.AgentConnection_removed(last.agentDisplayName()));
            } else if (last.isBuilding()) {
                LOGGER.info(() -> "Going on with " + last);
                Queue.getInstance().schedule2(staging, 0, List.of());
            } else if (isGone(last)) {
                deleteOnceIdle(last);
            } else {
                settleAgain(last);
            }
        }

        private static void settleAgain(StagingRun run) {
            try {
                settle(run);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The outcome of " + run + " couldn't be stored");
            }
        }
    }

    /** When somebody takes a waiting action out of the queue. */
    @Extension
    public static final class CalledOff extends QueueListener {

        @Override
        public void onLeft(Queue.LeftItem item) {
            if (item.isCancelled() && item.task instanceof Staging staging) {
                // Not here: whoever cancels has the queue's lock, and this writes files.
                Timer.get().submit(() -> callOff(staging));
            }
        }

        private static void callOff(Staging staging) {
            boolean deleted = staging.getParent().childOrNull(staging.getName()) != staging;
            StagingRun unfinished = staging.unfinishedRun();
            if (deleted) {
                return;
            }
            if (unfinished != null) {
                unfinished.abandon(Result.ABORTED, Messages.PendingActions_calledOff());
            } else {
                PendingActions.callOff(staging, Messages.PendingActions_calledOff());
            }
        }
    }
}
