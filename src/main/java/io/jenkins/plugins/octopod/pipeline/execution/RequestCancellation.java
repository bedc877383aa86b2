package io.jenkins.plugins.octopod.pipeline.execution;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.QueueCancellation;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Cancels a request: removes it from the queue, or aborts its run. */
@ModuleInternal
public final class RequestCancellation implements Runnable {

    private static final long POLL_INTERVAL_MILLIS = 100;

    /**
     * Limit of several minutes, although a moment is usually enough. After that, a request that is neither queued nor
     * running can’t be cancelled.
     */
    private static final int MAX_POLLS = 3000;

    private final Supplier<Staging> reference;
    private final String requestId;
    private final List<CauseOfInterruption> causes;
    private int polls;

    /**
     * Creates the cancellation.
     *
     * @param reference supplier of the current staging; it returns null if the staging is deleted
     * @param causes users or events that cancel the request; empty if unknown
     */
    public RequestCancellation(Supplier<Staging> reference, String requestId, List<CauseOfInterruption> causes) {
        this.reference = reference;
        this.requestId = requestId;
        this.causes = List.copyOf(causes);
    }

    /**
     * Creates the cancellation for a step that was stopped.
     *
     * @param why why the step was stopped
     */
    public RequestCancellation(Supplier<Staging> reference, String requestId, Throwable why) {
        this(
                reference,
                requestId,
                why instanceof FlowInterruptedException interrupted ? interrupted.getCauses() : List.of());
    }

    /** Starts the cancellation on another thread, because it reads stored runs, which would delay Jenkins’ timer. */
    public void begin() {
        Computer.threadPoolForRemoting.submit(this);
    }

    /**
     * Tries to cancel the request, and tries again later if it is neither queued nor running. This is the case for a
     * moment when it moves from the queue to an executor.
     */
    @Override
    public void run() {
        polls++;
        if (!end() && polls < MAX_POLLS) {
            Timer.get().schedule(this::begin, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Cancels the request if it is queued or running. Returns false if another attempt is useful. */
    public boolean end() {
        Staging staging = reference.get();
        if (staging == null || !RunLookup.isPending(staging, requestId)) {
            return true;
        }
        StagingRun run = RunLookup.run(staging, requestId);
        Executor executor = run == null ? null : run.getExecutor();
        Queue.Item queued = RunLookup.queued(staging);
        if (executor != null) {
            executor.interrupt(Result.ABORTED, causes.toArray(CauseOfInterruption[]::new));
            return true;
        }
        return queued != null && QueueCancellation.cancel(staging, queued);
    }
}
