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

    /** Minutes, where a moment is enough: what is in neither place by then has no end that this could bring about. */
    private static final int MAX_POLLS = 3000;

    private final Supplier<Staging> reference;
    private final String requestId;
    private final List<CauseOfInterruption> causes;
    private int polls;

    /**
     * @param reference finds the staging as it is at that time; it finds null if the staging is gone
     * @param causes who or what cancels the request; empty if that isn’t known
     */
    public RequestCancellation(Supplier<Staging> reference, String requestId, List<CauseOfInterruption> causes) {
        this.reference = reference;
        this.requestId = requestId;
        this.causes = List.copyOf(causes);
    }

    /** @param why the step was ended */
    public RequestCancellation(Supplier<Staging> reference, String requestId, Throwable why) {
        this(
                reference,
                requestId,
                why instanceof FlowInterruptedException interrupted ? interrupted.getCauses() : List.of());
    }

    /** Starts it. It reads what is stored of runs, so that it isn’t for the threads of Jenkins’ timer. */
    public void begin() {
        Computer.threadPoolForRemoting.submit(this);
    }

    /** On the way from the queue to an executor it is for a moment in neither: so this looks until it is somewhere. */
    @Override
    public void run() {
        polls++;
        if (!end() && polls < MAX_POLLS) {
            Timer.get().schedule(this::begin, POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends what was asked for, where it can be found; false where it is worth looking again. */
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
