package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Queue;
import hudson.model.queue.WorkUnit;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import jenkins.model.Jenkins;

/**
 * Keeps one agent for each project that has {@link CheckSettings#isKeepAgent} enabled, needs to run scripts outside
 * runs, and has no agent online except agents of a cloud. The agent is kept until no script was needed for two
 * intervals and a minute. Thread-safe.
 */
@Extension
public final class CheckAgentKeeper extends ProjectAgents.NeedListener {

    /** Added to two intervals, because some scripts don’t run at intervals, such as those for defaults. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** When a project last needed an agent. */
    private final Map<OctopodProject, Instant> needed = Collections.synchronizedMap(new WeakHashMap<>());

    static CheckAgentKeeper get() {
        return ExtensionList.lookupSingleton(CheckAgentKeeper.class);
    }

    @Override
    public void onNeeded(@NonNull OctopodProject project) {
        if (!project.getChecks().isKeepAgent()) {
            return;
        }
        needed.put(project, CheckScheduler.get().now());
        // On another thread, because this takes the queue’s lock.
        Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                keep(project);
            }
        });
    }

    private void keep(OctopodProject project) {
        // Without the lock, because other plugins decide which agents may be used.
        if (isNeeded(project) && !isKeeping(project)) {
            schedule(new CheckAgentTask(project));
        }
    }

    private synchronized void schedule(CheckAgentTask task) {
        if (!isKeeping(task.project()) && !Queue.getInstance().contains(task)) {
            Queue.getInstance().schedule2(task, 0);
        }
    }

    /** Returns whether an executor has the project’s task. Examines the executors without a lock. */
    private static boolean isKeeping(OctopodProject project) {
        for (Computer computer : Jenkins.get().getComputers()) {
            for (Executor executor : computer.getExecutors()) {
                WorkUnit unit = executor.getCurrentWorkUnit();
                if (unit != null && unit.context.task instanceof CheckAgentTask task && task.project() == project) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether the project still needs an agent to be kept. */
    boolean isNeeded(OctopodProject project) {
        Jenkins jenkins = Jenkins.get();
        CheckSettings checks = project.getChecks();
        Instant last = needed.get(project);
        if (last == null || !checks.isKeepAgent() || jenkins.isQuietingDown() || jenkins.isTerminating()) {
            return false;
        }
        Duration idle = checks.intervalDuration().multipliedBy(2).plus(MARGIN);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return last.plus(idle).isAfter(CheckScheduler.get().now())
                    && jenkins.getItemByFullName(project.getFullName()) == project
                    && !ProjectAgents.isPermanentOnline(project);
        }
    }

    /** Runs the checks at once that have waited for the agent. */
    @Override
    public void onKept(@NonNull OctopodProject project) {
        CheckScheduler.get().runNow(project);
    }
}
