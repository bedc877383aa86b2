package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.queue.RequestRollback.Attempt;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.StorageRetry;
import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stores the outcome of a run in the run and in its staging, and frees the staging. If the disk is full, this is
 * retried. Data that can never be stored, such as an action of another plugin that can’t be written as XML, does not
 * keep the staging busy.
 */
final class RunCompletion {

    private static final Logger LOGGER = Logger.getLogger(RunCompletion.class.getName());

    private RunCompletion() {}

    /**
     * Stores the outcome of a run and frees its staging. After a successful cleanup, the staging stays busy until it is
     * deleted.
     */
    static void complete(StagingRun run) {
        Staging staging = run.getParent();
        ActionQueue.saveWithRetry(
                staging,
                () -> {
                    String notStored = storeOutcome(run);
                    PendingAction pending = pendingOf(run);
                    if (pending != null) {
                        String reason = run.getReason() == null ? notStored : run.getReason();
                        storeObservedState(run, reason, storeDesiredState(run, pending));
                    }
                },
                // At least the staging becomes free, and shows the reason.
                failure -> ActionQueue.saveWithRetry(staging, () -> {
                    if (pendingOf(run) != null) {
                        storeObservedState(run, notStored(failure), UnaryOperator.identity());
                    }
                }));
    }

    /** Returns why the run can never be stored, as a sentence; null if it is stored. */
    @CheckForNull
    private static String storeOutcome(StagingRun run) throws IOException {
        try {
            run.storeOutcome();
            return null;
        } catch (IOException | RuntimeException e) {
            if (!StorageRetry.isPermanent(e)) {
                throw e;
            }
            LOGGER.log(Level.WARNING, e, () -> "How " + run + " ended can't be stored with the run");
            return notStored(e);
        }
    }

    static String notStored(Exception failure) {
        return io.jenkins.plugins.octopod.staging.Messages.StagingRun_notStored(failure.getMessage());
    }

    /**
     * Returns the action that the run has executed; null if its staging no longer waits for it, or is about to be
     * deleted.
     */
    @CheckForNull
    private static PendingAction pendingOf(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        PendingAction pending = run.getParent().observedState().pending();
        return parameters == null
                        || pending == null
                        || ActionQueue.isCleanedUp(run)
                        || !pending.requestId().equals(parameters.getRequestId())
                ? null
                : pending;
    }

    private static void storeObservedState(
            StagingRun run, @CheckForNull String reason, UnaryOperator<ObservedState> rest) throws IOException {
        Staging staging = run.getParent();
        Status after = run.getStatusAfter() == null ? staging.getStatus() : run.getStatusAfter();
        StartedScript left = leftBy(run);
        Instant now = StagingClock.now();
        if (run.scriptOutcome() != null) {
            staging.checks().confirmedByRun();
        }
        staging.updateObservedState(observedState -> rest.apply(observedState
                .with(after, reason, now)
                .withRun(run.getNumber(), run.agentName())
                .withPending(null)
                .withStartedScript(
                        isOfEarlierRun(observedState.startedScript(), run) ? observedState.startedScript() : left)));
    }

    /** Returns the script that the run has started and that may still be running; null if there is none. */
    @CheckForNull
    static StartedScript leftBy(StagingRun run) {
        StartedScript started = run.startedScript();
        boolean aborted = run.isAbortRequested() || run.getResult() == Result.ABORTED;
        return started != null && aborted ? started.withKillRequested() : started;
    }

    private static boolean isOfEarlierRun(@CheckForNull StartedScript started, StagingRun run) {
        return started != null && started.run() != run.getNumber();
    }

    /** Stores the desired state after a run, and returns the resulting change of the observed state. */
    private static UnaryOperator<ObservedState> storeDesiredState(StagingRun run, PendingAction pending)
            throws IOException {
        Staging staging = run.getParent();
        Instant now = StagingClock.now();
        boolean succeeded = run.getResult() == Result.SUCCESS;
        if (run.script() == null && !succeeded) {
            Attempt attempt = run.getResult() == Result.NOT_BUILT ? Attempt.NOT_COUNTED : Attempt.COUNTED;
            RequestRollback.restoreDesiredState(staging, pending, attempt);
            return observedState -> RequestRollback.restoreObservedState(observedState, pending, attempt, now);
        }
        RequestStore.completeWrite(staging);
        if (!succeeded) {
            return observedState -> observedState.withMaintenanceState(
                    observedState.maintenanceState().afterFailure(pending.action(), pending.causes(), now));
        }
        if (pending.action().isDeploying()) {
            staging.changeLifetime(Lifetime::awake);
        }
        return observedState -> observedState.withMaintenanceState(
                observedState.maintenanceState().afterSuccess());
    }
}
