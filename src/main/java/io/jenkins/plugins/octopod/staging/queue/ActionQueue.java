package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.QueuedRequest;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RequestRollback.Attempt;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.StorageRetry;
import io.jenkins.plugins.octopod.staging.support.StorageRetry.SaveOperation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Ensures that each accepted action ends. The action is queued, a run executes it, and then the staging is free again.
 * This also holds if the queue is lost or Jenkins stops in between.
 */
@Restricted(NoExternalUse.class)
public final class ActionQueue {

    private static final Logger LOGGER = Logger.getLogger(ActionQueue.class.getName());

    static final int RETRY_SECONDS = 10;

    private ActionQueue() {}

    /** Queues the pending action of a staging; returns false if Jenkins refuses it. */
    @ModuleInternal
    public static boolean queue(Staging staging) {
        return queue(staging, 0);
    }

    /** Queues the staging again after an executor accepted it but no run could be stored. */
    @ModuleInternal
    public static void requeue(Staging staging) {
        // On another thread, because the caller creates the run under the queue’s lock.
        Computer.threadPoolForRemoting.submit(() -> {
            if (exists(staging) && staging.isBusy()) {
                ResumeOnStartup.requireQueued(staging, queue(staging, RETRY_SECONDS));
            }
        });
    }

    static boolean queue(Staging staging, int delaySeconds) {
        PendingAction pending = Objects.requireNonNull(staging.observedState().pending());
        DesiredState accepted = pending.desiredState();
        DesiredState desiredState = accepted == null ? staging.desiredState() : accepted;
        // This also reads the unfinished run now, because it is needed later under the queue’s lock.
        endOtherRun(staging);
        dropOutdatedItems(staging);
        List<Action> actions = new ArrayList<>();
        actions.add(new StagingRunParameters(
                pending.requestId(),
                pending.action(),
                desiredState.application(),
                desiredState.deployment(),
                pending.isConfigChecked()));
        if (!pending.causes().isEmpty()) {
            actions.add(new CauseAction(pending.causes()));
        }
        return schedule(staging, delaySeconds, actions);
    }

    static boolean schedule(Staging staging, int delaySeconds, List<Action> actions) {
        try {
            return !Queue.getInstance()
                    .schedule2(staging, delaySeconds, actions)
                    .isRefused();
        } catch (RuntimeException e) {
            // Other plugins also decide whether to queue it. An exception counts as a refusal.
            LOGGER.log(Level.WARNING, e, () -> staging.getFullName() + " can't be queued");
            return false;
        }
    }

    /** Cancels the queue items that do not belong to the pending action. */
    static void dropOutdatedItems(Staging staging) {
        for (Queue.Item item : Queue.getInstance().getItems(staging)) {
            if (!QueuedRequest.isPending(staging, item)) {
                LOGGER.info(() -> "An outdated queue item of " + staging.getFullName() + " is dropped: " + item);
                Queue.getInstance().cancel(item);
            }
        }
    }

    /**
     * Ends an unfinished run that is not the one of the pending action, because the stored state no longer refers to
     * it.
     */
    static void endOtherRun(Staging staging) {
        StagingRun unfinished = staging.unfinishedRun();
        if (unfinished != null && unfinished.getExecutor() == null && !QueuedRequest.isPending(staging, unfinished)) {
            StartedScript left = RunCompletion.leftBy(unfinished);
            saveWithRetry(
                    staging,
                    () -> staging.updateObservedState(observedState -> left == null
                            ? observedState
                            : observedState.withStartedScript(left.with(observedState.startedScript()))));
            unfinished.abandon(
                    Result.FAILURE,
                    left == null
                            ? Messages.ActionQueue_unknownRun()
                            : Messages.ActionQueue_unknownRunMayStillRun(unfinished.agentDisplayName()));
        }
    }

    /**
     * Frees a staging whose pending action will not run. No part of the action has run, so the earlier state is
     * restored. The cancellation is stored first, so that Jenkins does not begin the action again if it is killed
     * before the rest is stored.
     */
    static void cancel(Staging staging, @CheckForNull String sentence) {
        saveWithRetry(
                staging,
                () -> {
                    // The same lock as for accepting, because no other request may come in between.
                    synchronized (staging.getParent()) {
                        PendingAction pending = staging.observedState().pending();
                        if (pending != null) {
                            staging.updateObservedState(observedState ->
                                    observedState.withPending(pending.cancelled(Util.fixNull(sentence))));
                            RequestRollback.restoreDesiredState(staging, pending, Attempt.COUNTED);
                            storeCancelled(staging, pending, sentence);
                        }
                    }
                },
                failure -> saveWithRetry(staging, () -> {
                    PendingAction pending = staging.observedState().pending();
                    if (pending != null) {
                        storeCancelled(staging, pending, RunCompletion.notStored(failure));
                    }
                }));
    }

    private static void storeCancelled(Staging staging, PendingAction pending, @CheckForNull String sentence)
            throws IOException {
        StatusMachine statusMachine = new StatusMachine(staging.getParent().statusTimeoutDuration());
        Event cancelled = new Event.Cancelled(pending.before());
        Instant now = StagingClock.now();
        staging.updateObservedState(observedState -> RequestRollback.restoreObservedState(
                observedState
                        .with(
                                statusMachine
                                        .observed(observedState.status(), cancelled, Duration.ZERO)
                                        .status(),
                                sentence,
                                now)
                        .withPending(null),
                pending,
                Attempt.COUNTED,
                now));
    }

    /** Restores what a staging was before a request that can’t be queued. */
    @ModuleInternal
    public static void rollback(Staging staging) {
        cancel(staging, null);
    }

    /** Deletes a staging that was created for a request that can’t be queued. */
    @ModuleInternal
    public static void rollbackCreation(Staging staging) throws InterruptedException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            staging.deleteAfterCleanup();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Staging " + staging.getFullName() + " wasn't queued, but is there");
            StagingDeletion.deleteLater(staging);
        } catch (InterruptedException e) {
            StagingDeletion.deleteLater(staging);
            throw e;
        }
    }

    /**
     * Stores the outcome of a run and frees its staging. After a successful cleanup, the staging stays busy until it is
     * deleted.
     */
    @ModuleInternal
    public static void complete(StagingRun run) {
        RunCompletion.complete(run);
    }

    /**
     * Writes, and retries later if that fails, because the disk may be full. Until the write succeeds, the staging
     * stays busy, so no request is based on an unsaved state.
     */
    static void saveWithRetry(Staging staging, SaveOperation saveOperation) {
        saveWithRetry(staging, saveOperation, failure -> {});
    }

    /**
     * Like {@link #saveWithRetry(Staging, SaveOperation)}, with a reaction to a failure that no retry can fix.
     *
     * @param onPermanentFailure called if the write can never succeed, see {@link StorageRetry#isPermanent}
     */
    static void saveWithRetry(Staging staging, SaveOperation saveOperation, Consumer<Exception> onPermanentFailure) {
        StorageRetry.saveNowOrLater(staging.getFullName(), () -> exists(staging), saveOperation, onPermanentFailure);
    }

    /** Resumes the pending action of a staging on another thread, because the caller has the queue’s lock. */
    @ModuleInternal
    public static void resumeLater(Staging staging) {
        Computer.threadPoolForRemoting.submit(() -> {
            if (exists(staging)) {
                ResumeOnStartup.resume(staging);
            }
        });
    }

    static boolean exists(Staging staging) {
        return staging.getParent().childOrNull(staging.getName()) == staging;
    }

    /** Returns whether this was a successful cleanup. */
    static boolean isCleanedUp(StagingRun run) {
        return run.action() == StagingAction.CLEANUP && run.getResult() == Result.SUCCESS;
    }

    /** Deletes the staging of a run, and the run with it, once no executor has the run any more. */
    @ModuleInternal
    public static void deleteOnceIdle(StagingRun run) {
        StagingDeletion.deleteOnceIdle(run);
    }

    /**
     * Reads unfinished runs before Jenkins first processes its queue, because they are needed under the queue’s lock.
     */
    @Initializer(after = InitMilestone.JOB_LOADED, before = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void readUnfinishedRuns() {
        forEachStaging(staging -> {
            if (staging.isBusy()) {
                staging.unfinishedRun();
            }
        });
    }

    /**
     * Runs an operation for each staging. A failure in one project or staging, even an Error, affects no other and does
     * not keep Jenkins from starting.
     */
    static void forEachStaging(Consumer<Staging> what) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OctopodProject project : Jenkins.get().getAllItems(OctopodProject.class)) {
                apply(() -> forEachStaging(project, what), project);
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, e, () -> "Jenkins' items can't be read, so no staging is resumed");
        }
    }

    private static void forEachStaging(OctopodProject project, Consumer<Staging> what) {
        project.allChildren(Staging.class).toList().forEach(staging -> apply(() -> what.accept(staging), staging));
    }

    private static void apply(Runnable what, Item item) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> item.getFullName() + " can't be resumed");
        }
    }
}
