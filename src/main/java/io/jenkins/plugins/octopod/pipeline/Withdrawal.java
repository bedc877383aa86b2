package io.jenkins.plugins.octopod.pipeline;

import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.Result;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Ends what a step has asked for, once its Pipeline is aborted: cancels it in the queue, or aborts the run. */
final class Withdrawal implements Runnable {

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Staging staging;
    private final String requestId;
    private final List<CauseOfInterruption> causes;

    Withdrawal(Staging staging, String requestId, Throwable why) {
        this.staging = staging;
        this.requestId = requestId;
        this.causes = why instanceof FlowInterruptedException interrupted ? interrupted.getCauses() : List.of();
    }

    /** On the way from the queue to an executor it is for a moment in neither: so this looks until it is somewhere. */
    @Override
    public void run() {
        if (!RunSearch.isPending(staging, requestId)) {
            return;
        }
        StagingRun run = RunSearch.run(staging, requestId);
        Executor executor = run == null ? null : run.getExecutor();
        Queue.Item queued = RunSearch.queued(staging);
        if (executor != null) {
            executor.interrupt(Result.ABORTED, causes.toArray(CauseOfInterruption[]::new));
        } else if (queued == null || !Queue.getInstance().cancel(queued)) {
            Timer.get().schedule(this, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
