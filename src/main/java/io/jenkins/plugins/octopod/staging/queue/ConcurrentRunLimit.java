package io.jenkins.plugins.octopod.staging.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.HashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Limit on the concurrent runs of a project. It is evaluated under the queue’s lock and reads no file. It counts the
 * runs each time instead of keeping a counter, so no restart or crash makes the count wrong.
 */
@Extension
public final class ConcurrentRunLimit extends QueueTaskDispatcher {

    @CheckForNull
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        return item.task instanceof Staging staging && staging.unfinishedRun() == null && isFull(staging)
                ? CauseOfBlockage.fromMessage(Messages._ConcurrentRunLimit_limitReached(
                        staging.getParent().getFullName(),
                        staging.getParent().getLimits().getRunsAtOnce()))
                : null;
    }

    private static boolean isFull(Staging staging) {
        int limit = staging.getParent().getLimits().getRunsAtOnce();
        return limit > 0 && others(staging).size() >= limit;
    }

    private static Set<Staging> others(Staging staging) {
        OctopodProject project = staging.getParent();
        Set<Staging> busy = new HashSet<>();
        // With an executor: also those that have been given one only now, and have no run yet.
        for (Computer computer : Jenkins.get().getComputers()) {
            for (Executor executor : computer.getExecutors()) {
                WorkUnit unit = executor.getCurrentWorkUnit();
                if (unit != null && unit.context.task instanceof Staging other && other.getParent() == project) {
                    busy.add(other);
                }
            }
        }
        // Without one: a run that waits for its agent after a restart, whose script is running there.
        for (Object child : project.children()) {
            if (child instanceof Staging other && other.isBusy() && other.unfinishedRun() != null) {
                busy.add(other);
            }
        }
        busy.remove(staging);
        return busy;
    }
}
