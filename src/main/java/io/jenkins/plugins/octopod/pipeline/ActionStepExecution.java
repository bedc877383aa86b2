package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.pipeline.execution.RequestCancellation;
import io.jenkins.plugins.octopod.pipeline.execution.RequestSubmission.Attempt;
import io.jenkins.plugins.octopod.pipeline.execution.RunLogCopier;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepAuthentication;
import io.jenkins.plugins.octopod.pipeline.turn.TurnTaking;
import io.jenkins.plugins.octopod.pipeline.value.StagingStepResult;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Requests an action on a staging and follows its run to the end.
 *
 * <p>The execution is stored with its Pipeline. The request’s id is stored before the request is submitted, so after a
 * restart the id shows whether the request was accepted and how it ended. The run doesn’t depend on the step.
 *
 * <p>No thread waits. A timer polls the log. {@link StepCompletionListener} reports the end of the run; polling detects
 * it as well, in case it happened while Jenkins was starting.
 */
final class ActionStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(ActionStepExecution.class.getName());

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2), 1.5);
    private static final Duration DELETION_PAUSE = Duration.ofMillis(50);
    private static final int MAX_DELETION_POLLS = 400;

    /**
     * Interval of saves, because storing a Pipeline costs more than a poll. After a crash, the output of this interval
     * can be printed twice.
     */
    private static final long STORE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    // Stored by writeObject, so that no other class of this plugin is stored with a Pipeline.
    private transient StagingStepRequest request;
    private transient StepAuthentication authentication;
    private transient String requestId;
    private transient RunLogCopier log;

    /** Staging that has accepted the request; null before that. */
    @CheckForNull
    private transient volatile StagingReference staging;

    private transient boolean runAnnounced;
    private transient boolean delayExplained;

    /** Whether the cleanup has succeeded and its log is copied, so that only the deletion of the staging is missing. */
    private transient boolean cleanedUp;

    private transient boolean ended;
    private transient boolean suspended;
    private transient Throwable stopCause;
    private transient long pauseMillis;
    private transient long storedAt;
    private transient int deletionPolls;
    private transient ScheduledFuture<?> nextLook;

    /** Submission of the request; null after it was accepted. */
    @CheckForNull
    private transient TurnTaking turn;

    ActionStepExecution(StepContext context, StagingStepRequest request) {
        super(context);
        this.request = request;
        this.authentication = StepAuthentication.current();
        this.requestId = UUID.randomUUID().toString();
        this.log = new RunLogCopier(0);
    }

    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        StagingReference reference = staging;
        out.writeObject(StoredStep.of(request, requestId)
                .withUser(authentication.userId())
                .withLogOffset(log.offset())
                .withStaging(reference == null ? null : reference.toString())
                .withRunAnnounced(runAnnounced)
                .withDelayExplained(delayExplained)
                .withCleanedUp(cleanedUp)
                .values());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        ObjectInputStream.GetField fields = in.readFields();
        StoredStep stored = LegacyStep.isIn(fields) ? LegacyStep.read(fields) : StoredStep.read(in.readObject());
        request = stored.request();
        authentication = StepAuthentication.of(stored.user());
        requestId = stored.requestId();
        log = new RunLogCopier(stored.logOffset());
        staging = stored.staging() == null ? null : new StagingReference(stored.staging());
        runAnnounced = stored.isRunAnnounced();
        delayExplained = stored.isDelayExplained();
        cleanedUp = stored.isCleanedUp();
    }

    @Override
    public boolean start() {
        registerForCompletion();
        takeTurn(Attempt.FIRST);
        return false;
    }

    @Override
    public void onResume() {
        registerForCompletion();
        if (staging == null) {
            takeTurn(Attempt.REPEATED);
        } else {
            schedulePoll(Duration.ZERO);
        }
    }

    private synchronized void takeTurn(Attempt attempt) {
        if (!ended && !suspended) {
            turn = new TurnTaking(new Listener(), getContext(), request, authentication, requestId, attempt);
            turn.take();
        }
    }

    /** Registers the step if it waits for the run. */
    private void registerForCompletion() {
        if (request.options().waiting()) {
            StepCompletionListener.get().add(requestId, this);
        }
    }

    /** Ends a step that doesn’t wait. Cancels the request if the step was stopped before the request was accepted. */
    private void acceptedWithoutWaiting(Staging accepted, Map<String, Object> value) {
        boolean succeeded;
        synchronized (this) {
            if (stopCause != null) {
                StagingReference reference = new StagingReference(accepted);
                new RequestCancellation(reference::find, requestId, stopCause).begin();
            }
            succeeded = end();
        }
        if (succeeded) {
            getContext().onSuccess(value);
        }
    }

    private synchronized void accepted(Staging accepted) {
        StagingReference reference = new StagingReference(accepted);
        staging = reference;
        if (stopCause != null) {
            new RequestCancellation(reference::find, requestId, stopCause).begin();
        } else if (!ended && !suspended) {
            getContext().saveState();
            storedAt = System.nanoTime();
            schedulePoll(BACKOFF.min());
        }
    }

    /** Ends the step immediately, and cancels its request in the background. */
    @Override
    public void stop(@NonNull Throwable cause) {
        synchronized (this) {
            if (!end()) {
                return;
            }
            stopCause = cause;
            StagingReference reference = staging;
            if (reference != null) {
                new RequestCancellation(reference::find, requestId, cause).begin();
            }
        }
        getContext().onFailure(cause);
    }

    /** Stops copying and requesting, because Jenkins shuts down and the stored state must stay true. */
    synchronized void suspend() {
        suspended = true;
        if (turn != null) {
            turn.end();
        }
    }

    /** Completes the step on the run’s thread, when the run has ended. */
    void runEnded(StagingRun run) {
        try {
            PrintStream console = console();
            synchronized (this) {
                if (!ended && !suspended) {
                    staging = new StagingReference(run.getParent());
                    complete(run, console);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void poll() {
        try {
            PrintStream console = console();
            synchronized (this) {
                if (!ended && !suspended) {
                    follow(staging, console);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void follow(StagingReference reference, PrintStream console) throws IOException {
        Staging current = reference.find();
        // In this order: a request that is no longer pending already has its run, if it ever gets one.
        boolean pending = current != null && RunLookup.isPending(current, requestId);
        StagingRun run = current == null ? null : RunLookup.run(current, requestId);
        if (current == null) {
            stagingDeleted(reference);
        } else if (cleanedUp) {
            awaitDeletion(reference);
        } else if (run == null && pending) {
            explainDelay(current, console);
            schedulePoll(BACKOFF.next(Duration.ofMillis(pauseMillis)));
        } else if (run == null) {
            String reason = current.observedState().reason();
            fail(new AbortException(reason != null ? reason : Messages.ActionStepExecution_cancelled(reference)));
        } else if (!pending && !run.isBuilding()) {
            complete(run, console);
        } else {
            announce(run, console);
            boolean copied = log.copyNew(run, console);
            schedulePoll(copied ? BACKOFF.min() : BACKOFF.next(Duration.ofMillis(pauseMillis)));
            if (copied && System.nanoTime() - storedAt > STORE_EVERY_NANOS) {
                storedAt = System.nanoTime();
                getContext().saveState();
            }
        }
    }

    private void complete(StagingRun run, PrintStream console) throws IOException {
        announce(run, console);
        log.copyRest(run, console);
        if (run.getResult() != Result.SUCCESS) {
            String reason = run.getReason();
            fail(new AbortException(
                    reason != null
                            ? reason
                            : Messages.ActionStepExecution_ended(run.getFullDisplayName(), run.getResult())));
        } else if (request.kind() == Kind.CLEANUP) {
            cleanedUp = true;
            awaitDeletion(staging);
        } else if (end()) {
            getContext().onSuccess(StagingStepResult.of(run.getParent()));
        }
    }

    private void stagingDeleted(StagingReference reference) {
        if (request.kind() != Kind.CLEANUP) {
            fail(new AbortException(Messages.ActionStepExecution_stagingDeleted(reference)));
        } else if (end()) {
            getContext().onSuccess(reference.absent());
        }
    }

    /** Polls until the staging is deleted, shortly after the end of the run unless files can’t be deleted. */
    private void awaitDeletion(StagingReference reference) {
        deletionPolls++;
        if (deletionPolls > MAX_DELETION_POLLS) {
            fail(new AbortException(Messages.ActionStepExecution_notDeleted(reference)));
        } else {
            schedulePoll(DELETION_PAUSE);
        }
    }

    private void announce(StagingRun run, PrintStream console) {
        if (!runAnnounced) {
            runAnnounced = true;
            console.println(Messages.ActionStepExecution_run(
                    ModelHyperlinkNote.encodeTo('/' + run.getUrl(), run.getFullDisplayName())));
        }
    }

    private void explainDelay(Staging waiting, PrintStream console) {
        String why = RunLookup.queueReason(waiting);
        if (why != null && !delayExplained && pauseMillis > BACKOFF.min().toMillis()) {
            delayExplained = true;
            console.println(Messages.ActionStepExecution_queued(ModelHyperlinkNote.encodeTo(waiting), why));
        }
    }

    /** Schedules a poll. The timer only submits it, because a poll reads files and all timers share a few threads. */
    private synchronized void schedulePoll(Duration pause) {
        if (nextLook != null) {
            nextLook.cancel(false);
        }
        pauseMillis = pause.toMillis();
        Runnable handOver = () -> Computer.threadPoolForRemoting.submit(this::poll);
        nextLook = Timer.get().schedule(handOver, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private PrintStream console() throws IOException, InterruptedException {
        return Objects.requireNonNull(getContext().get(TaskListener.class)).getLogger();
    }

    private synchronized boolean isSuspended() {
        return suspended;
    }

    /** Returns whether the caller must report how the step ends. */
    private synchronized boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        StepCompletionListener.get().remove(requestId);
        if (turn != null) {
            turn.end();
        }
        if (nextLook != null) {
            nextLook.cancel(false);
        }
        return true;
    }

    private void fail(Exception e) {
        if (e instanceof InterruptedException) {
            LOGGER.log(Level.FINE, e, () -> "Interrupted while following " + staging);
        }
        if (end()) {
            getContext().onFailure(e);
        }
    }

    /** Listener for the result of the request. */
    private final class Listener implements TurnTaking.Step {

        @Override
        public void accepted(Staging taken, @CheckForNull Map<String, Object> value) {
            if (value == null) {
                ActionStepExecution.this.accepted(taken);
            } else {
                acceptedWithoutWaiting(taken, value);
            }
        }

        @Override
        public void succeeded(Map<String, Object> value) {
            if (end()) {
                getContext().onSuccess(value);
            }
        }

        @Override
        public void failed(Throwable why) {
            if (!isSuspended() && end()) {
                getContext().onFailure(why);
            }
        }

        @Override
        public void interrupted(FlowInterruptedException why) {
            if (!isSuspended()) {
                stop(why);
            }
        }
    }

    @Override
    public String getStatus() {
        return staging == null ? "asking for a staging run" : "waiting for a run of " + staging;
    }
}
