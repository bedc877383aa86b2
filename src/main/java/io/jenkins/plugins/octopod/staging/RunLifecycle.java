package io.jenkins.plugins.octopod.staging;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.StreamBuildListener;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import java.io.IOException;

/**
 * Operations that the item and its runs need from the packages above them: to execute, complete and requeue an action.
 * There is one implementation. It is found as an extension, so that the item does not depend on it.
 */
@ModuleInternal
public interface RunLifecycle extends ExtensionPoint {

    /** Returns the implementation. */
    static RunLifecycle get() {
        return ExtensionList.lookupSingleton(RunLifecycle.class);
    }

    /**
     * Executes the run's action on its agent; returns when the action has ended.
     *
     * @throws InterruptedException if Jenkins is shutting down; the script keeps running
     * @throws IOException if something can't be stored
     */
    RunOutcome execute(StagingRun run, RunLogWriter log, StreamBuildListener listener)
            throws IOException, InterruptedException;

    /** Returns the status that the run's staging has after the run failed. */
    Status statusAfterFailure(StagingRun run);

    /** Stores the outcome of a run and frees its staging; tries again until that is stored. */
    void complete(StagingRun run);

    /** Deletes the staging of a successful cleanup as soon as no executor has the run any more. */
    void deleteWhenIdle(StagingRun run);

    /** Queues the staging's pending action again, because a run could not be created. */
    void requeue(Staging staging);

    /**
     * Drops queue items of other actions, and resumes the staging's pending action if there is one. Returns at once.
     */
    void resume(Staging staging);
}
