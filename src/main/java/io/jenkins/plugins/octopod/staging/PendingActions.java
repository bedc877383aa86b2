package io.jenkins.plugins.octopod.staging;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Computer;
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
import java.util.function.Consumer;
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
    private static final int STORE_AGAIN_SECONDS = 10;

    private PendingActions() {}

    /** Queues what the staging is waiting for; false where something in Jenkins refuses that. */
    static boolean queue(Staging staging) {
        return queue(staging, 0);
    }

    /** Queues it again: it has got as far as an executor, but there was no room for a run. */
    static void queueAgain(Staging staging) {
        // Not here: whoever makes runs has the queue's lock.
        Computer.threadPoolForRemoting.submit(() -> {
            if (isThere(staging) && staging.isBusy()) {
                queue(staging, STORE_AGAIN_SECONDS);
            }
        });
    }

    private static boolean queue(Staging staging, int delaySeconds) {
        PendingAction pending = Objects.requireNonNull(staging.record().pending());
        Wishes accepted = pending.wishes();
        Wishes wishes = accepted == null ? staging.wishes() : accepted;
        // Read now what will be asked for under the queue’s lock.
        staging.unfinishedRun();
        List<Action> actions = new ArrayList<>();
        actions.add(new StagingRunParameters(
                pending.requestId(),
                pending.action(),
                wishes.application(),
                wishes.deployment(),
                pending.isConfigChecked()));
        if (!pending.causes().isEmpty()) {
            actions.add(new CauseAction(pending.causes()));
        }
        return !Queue.getInstance().schedule2(staging, delaySeconds, actions).isRefused();
    }

    /** Frees a staging whose action won’t be done; nothing of it has been, so it is as it was. */
    static void callOff(Staging staging, String sentence) {
        StatusTable table = new StatusTable(staging.getParent().statusTimeoutDuration());
        untilStored(staging, () -> {
            PendingAction pending = staging.record().pending();
            if (pending != null) {
                Acceptance.takeBack(staging, pending);
                Event calledOff = new Event.CalledOff(pending.before());
                Instant now = StagingClock.now();
                staging.observe(record -> record.with(
                                table.observed(record.status(), calledOff, Duration.ZERO)
                                        .status(),
                                sentence,
                                now)
                        .withPending(null)
                        .withNotes(record.notes().after(pending.action(), false, now)));
            }
        });
    }

    /** Leaves things as they were before a request that can’t be queued. */
    static void takeBack(Staging staging, boolean created) throws InterruptedException {
        if (!created) {
            callOff(staging, null);
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging.deleteGone();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Staging " + staging.getFullName() + " wasn't queued, but is there");
        }
    }

    /** Stores what a run has come to, and makes its staging free; one that is gone stays busy until it is deleted. */
    static void settle(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        Staging staging = run.getParent();
        Status after = run.getStatusAfter() == null ? staging.getStatus() : run.getStatusAfter();
        untilStored(staging, () -> {
            run.storeOutcome();
            if (parameters == null || isGone(run)) {
                return;
            }
            PendingAction pending = staging.record().pending();
            if (pending == null || !pending.requestId().equals(parameters.getRequestId())) {
                return;
            }
            if (run.script() == null && run.getResult() != Result.SUCCESS) {
                Acceptance.takeBack(staging, pending);
            } else {
                Acceptance.catchUp(staging);
            }
            Instant now = StagingClock.now();
            boolean succeeded = run.getResult() == Result.SUCCESS;
            staging.observe(record -> record.with(after, run.getReason(), now)
                    .doneBy(run.getNumber(), run.agentName())
                    .withPending(null)
                    .withNotes(record.notes().after(pending.action(), succeeded, now)));
        });
    }

    /** Something that is to be stored. */
    @FunctionalInterface
    interface Storing {
        void store() throws IOException;
    }

    /** A disk may be full for a while; until that is over, the staging stays busy, and nobody builds on what isn’t so. */
    static void untilStored(Staging staging, Storing storing) {
        try {
            storing.store();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> staging.getFullName() + " can't be stored now");
            Runnable again = () -> Computer.threadPoolForRemoting.submit(() -> {
                if (isThere(staging)) {
                    untilStored(staging, storing);
                }
            });
            Timer.get().schedule(again, STORE_AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static boolean isThere(Staging staging) {
        return staging.getParent().childOrNull(staging.getName()) == staging;
    }

    /** Whether the run has removed everything that there was of its staging. */
    static boolean isGone(StagingRun run) {
        return run.action() == StagingAction.CLEANUP && run.getResult() == Result.SUCCESS;
    }

    /** Deletes the staging of a run, and with it the run, once no executor has that any more. */
    static void deleteOnceIdle(StagingRun run) {
        Runnable now = () -> Computer.threadPoolForRemoting.submit(() -> delete(run));
        Timer.get().schedule(now, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void delete(StagingRun run) {
        if (run.getExecutor() != null) {
            deleteOnceIdle(run);
            return;
        }
        Staging staging = run.getParent();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging.deleteGone();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Staging " + staging.getFullName() + " is cleaned up, but still there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads, before Jenkins looks at its queue for the first time, what is then asked for under the queue’s lock. */
    @Initializer(after = InitMilestone.JOB_LOADED, before = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void readUnfinishedRuns() {
        forEachStaging(staging -> {
            if (staging.isBusy()) {
                staging.unfinishedRun();
            }
        });
    }

    private static void forEachStaging(Consumer<Staging> what) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OctopodProject project : Jenkins.get().getAllItems(OctopodProject.class)) {
                project.getItems(Staging.class::isInstance).stream()
                        .map(Staging.class::cast)
                        .forEach(what);
            }
        }
    }

    /** After a start: takes up what was going on when Jenkins stopped, however it stopped. */
    @Extension
    public static final class AfterStart extends ItemListener {

        @Override
        public void onLoaded() {
            forEachStaging(AfterStart::takeUp);
        }

        private static void takeUp(Staging staging) {
            PendingAction pending = staging.record().pending();
            if (pending != null) {
                untilStored(staging, () -> Acceptance.catchUp(staging));
            }
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
                settle(last);
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
                Computer.threadPoolForRemoting.submit(() -> callOff(staging));
            }
        }

        private static void callOff(Staging staging) {
            if (!isThere(staging)) {
                return;
            }
            StagingRun unfinished = staging.unfinishedRun();
            if (unfinished == null) {
                PendingActions.callOff(staging, Messages.PendingActions_calledOff());
            } else if (unfinished.script() != null
                    && unfinished.scriptEnd() == null
                    && !unfinished.isAbortRequested()) {
                endOnItsAgent(unfinished);
            } else {
                unfinished.abandon(Result.ABORTED, Messages.PendingActions_givenUp(unfinished.agentDisplayName()));
            }
        }

        /** Its script runs on there: the run goes back into the queue to kill it; who cancels that too gives it up. */
        private static void endOnItsAgent(StagingRun run) {
            try {
                run.requestAbort();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "That " + run + " is to be aborted couldn't be stored");
            }
            Queue.getInstance().schedule2(run.getParent(), 0, List.of());
        }
    }
}
