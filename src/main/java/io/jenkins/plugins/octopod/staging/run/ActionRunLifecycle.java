package io.jenkins.plugins.octopod.staging.run;

import hudson.Extension;
import hudson.model.StreamBuildListener;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.RunLifecycle;
import io.jenkins.plugins.octopod.staging.RunOutcome;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import io.jenkins.plugins.octopod.staging.queue.ActionQueue;
import java.io.IOException;

/** Executes runs with {@link ActionExecution}, and completes them in the {@link ActionQueue}. */
@Extension
public final class ActionRunLifecycle implements RunLifecycle {

    @Override
    public RunOutcome execute(StagingRun run, RunLogWriter log, StreamBuildListener listener)
            throws IOException, InterruptedException {
        return new ActionExecution(run, log, listener).execute();
    }

    @Override
    public Status statusAfterFailure(StagingRun run) {
        return ActionExecution.afterFailure(run);
    }

    @Override
    public void complete(StagingRun run) {
        StoredMask.delete(run);
        ActionQueue.complete(run);
    }

    @Override
    public void deleteWhenIdle(StagingRun run) {
        ActionQueue.deleteOnceIdle(run);
    }

    @Override
    public void requeue(Staging staging) {
        ActionQueue.requeue(staging);
    }

    @Override
    public void resume(Staging staging) {
        ActionQueue.resumeLater(staging);
    }
}
