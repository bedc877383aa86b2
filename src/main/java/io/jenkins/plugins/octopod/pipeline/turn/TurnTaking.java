package io.jenkins.plugins.octopod.pipeline.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission.Attempt;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission.SubmissionResult;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepAuthentication;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.turn.DeletedStaging;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.access.AccessDeniedException;

/**
 * Submits the request of a step until it is accepted or refused. While the staging is busy, this waits in the
 * {@link TurnQueue}, which triggers the next attempt; a timer does so as well, in case the queue’s notification is
 * missed. No thread waits. Thread-safe. One attempt is made at a time.
 */
@ModuleInternal
public final class TurnTaking implements Turn {

    private static final long SHUTDOWN_PAUSE_MILLIS = 500;
    private static final long BUSY_PAUSE_MILLIS = 10_000;

    /** Step whose request is submitted. */
    public interface Step {

        /**
         * Handles an accepted request. Also called if the step has already ended.
         *
         * @param value value that the step returns immediately; null if it waits for the run
         */
        void accepted(Staging staging, @CheckForNull Map<String, Object> value);

        /** Ends the step, because there is nothing to do. */
        void succeeded(Map<String, Object> value);

        /** Ends the step with a failure. */
        void failed(Throwable why);

        /** Ends the step, and cancels its request. */
        void interrupted(FlowInterruptedException why);
    }

    private final Step step;
    private final StepContext context;
    private final StagingStepRequest request;
    private final StepAuthentication authentication;
    private final String requestId;

    private volatile Run<?, ?> build;
    private volatile Attempt attempt;

    // Guarded by this.
    private boolean over;
    private boolean attempting;
    private boolean attemptAgain;
    private ScheduledFuture<?> nextAttempt;

    /** Full name of the staging that this waits for; null while it doesn’t wait. */
    @CheckForNull
    private String awaited;

    /** Id of the action on the staging that the console mentions; null if it mentions none. */
    @CheckForNull
    private volatile String announced;

    /**
     * Creates the submission.
     *
     * @param attempt {@link Attempt#REPEATED} if the request might have been submitted before
     */
    public TurnTaking(
            Step step,
            StepContext context,
            StagingStepRequest request,
            StepAuthentication authentication,
            String requestId,
            Attempt attempt) {
        this.step = step;
        this.context = context;
        this.request = request;
        this.authentication = authentication;
        this.requestId = requestId;
        this.attempt = attempt;
    }

    @NonNull
    @Override
    public Run<?, ?> build() {
        return Objects.requireNonNull(build);
    }

    /** Submits the request on another thread. */
    @Override
    public void take() {
        Computer.threadPoolForRemoting.submit(this::attempt);
    }

    @Override
    public void supersede(Run<?, ?> newer) {
        Computer.threadPoolForRemoting.submit(() -> step.interrupted(superseded(newer)));
    }

    private FlowInterruptedException superseded(Run<?, ?> newer) {
        return new FlowInterruptedException(Result.NOT_BUILT, new SupersededCause(newer, request.name()));
    }

    /** Prevents further attempts. An attempt in progress continues, and reports its result to the step. */
    public void end() {
        String left;
        synchronized (this) {
            over = true;
            cancelTimer();
            left = awaited;
            awaited = null;
        }
        if (left != null) {
            TurnQueue.get().leave(left, this);
        }
    }

    private void attempt() {
        if (!beginAttempt()) {
            return;
        }
        try {
            submit();
        } finally {
            endAttempt();
        }
    }

    private synchronized boolean beginAttempt() {
        if (over || Jenkins.get().isTerminating()) {
            // The step tries again after the restart.
            return false;
        }
        if (attempting) {
            attemptAgain = true;
            return false;
        }
        attempting = true;
        attemptAgain = false;
        cancelTimer();
        return true;
    }

    /**
     * Ends the attempt. Starts another one if there was a notification during the attempt, because the attempt might have
     * missed the change.
     */
    private synchronized void endAttempt() {
        attempting = false;
        attempt = Attempt.REPEATED;
        if (attemptAgain && !over) {
            take();
        }
    }

    private void submit() {
        try (ACLContext ignored = authentication.impersonate()) {
            build = Objects.requireNonNull(context.get(Run.class));
            TaskListener listener = Objects.requireNonNull(context.get(TaskListener.class));
            RequestSubmission submission =
                    new RequestSubmission(request, requestId, build, listener.getLogger(), announced);
            SubmissionResult result = submission.submit(attempt);
            announced = submission.announced();
            take(result);
        } catch (RefusalException | AccessDeniedException e) {
            fail(new AbortException(e.getMessage()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void take(SubmissionResult result) {
        Staging accepted = result.staging();
        if (accepted != null) {
            // In this order: the next step in the queue must find the staging busy with this request.
            step.accepted(accepted, result.value());
            end();
        } else if (result.busy() != null) {
            await(result.busy());
        } else if (result.retryLater()) {
            attemptIn(SHUTDOWN_PAUSE_MILLIS);
        } else {
            end();
            step.succeeded(result.value());
        }
    }

    private void await(Staging staging) {
        Run<?, ?> newer;
        synchronized (this) {
            if (over) {
                return;
            }
            if (awaited != null && !awaited.equals(staging.getFullName())) {
                // The project was renamed or moved.
                TurnQueue.get().leave(awaited, this);
            }
            awaited = staging.getFullName();
            newer = TurnQueue.get().join(awaited, this);
            attemptIn(BUSY_PAUSE_MILLIS);
        }
        if (newer != null) {
            step.interrupted(superseded(newer));
        } else if (!staging.isBusy() || DeletedStaging.isGone(staging)) {
            // The staging became free, or was deleted, before this joined the queue.
            take();
        }
    }

    private void fail(Exception why) {
        end();
        if (!Jenkins.get().isTerminating()) {
            step.failed(why);
        }
    }

    /**
     * Schedules an attempt. The timer only submits it, because an attempt reads files and calls agents, and all timers
     * share a few threads.
     */
    private synchronized void attemptIn(long millis) {
        if (!over) {
            cancelTimer();
            Runnable again = this::take;
            nextAttempt = Timer.get().schedule(again, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void cancelTimer() {
        if (nextAttempt != null) {
            nextAttempt.cancel(false);
            nextAttempt = null;
        }
    }
}
