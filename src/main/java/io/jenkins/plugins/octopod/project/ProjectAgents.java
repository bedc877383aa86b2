package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.WorkUnit;
import hudson.slaves.AbstractCloudSlave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.util.Listeners;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The agents that a project’s control scripts run on. An agent of a cloud is used without an executor only while the project
 * keeps it: otherwise it may be removed as soon as the build ends that it was started for.
 */
public final class ProjectAgents {

    private ProjectAgents() {}

    /** A task that keeps an agent for a project. */
    @Restricted(NoExternalUse.class)
    public interface KeepingTask extends Queue.Task {
        @NonNull
        OctopodProject project();
    }

    /** Is told of the need for agents. Called on any thread; must not wait. */
    @Restricted(NoExternalUse.class)
    public abstract static class NeedListener implements ExtensionPoint {

        /** The project has something to ask scripts without a run. */
        public void onNeeded(@NonNull OctopodProject project) {}

        /** An agent is kept for the project from now on. */
        public void onKept(@NonNull OctopodProject project) {}
    }

    /** Takes note that there is something to be asked without a run. */
    @Restricted(NoExternalUse.class)
    public static void need(@NonNull OctopodProject project) {
        Listeners.notify(NeedListener.class, false, listener -> listener.onNeeded(project));
    }

    /** Takes note that an agent is kept for the project now. */
    @Restricted(NoExternalUse.class)
    public static void kept(@NonNull OctopodProject project) {
        Listeners.notify(NeedListener.class, false, listener -> listener.onKept(project));
    }

    /** One that is online, to be asked something without using an executor; empty where there is none now. */
    public static Optional<Node> online(@NonNull OctopodProject project) {
        return allOnline(project).stream().findFirst();
    }

    /** Those that are online now and may be asked something without using an executor. None is started for it. */
    public static List<Node> allOnline(@NonNull OctopodProject project) {
        List<Node> candidates = nodes(project.assignedLabel());
        candidates.removeIf(node -> {
            Computer computer = node.toComputer();
            return computer == null
                    || !computer.isOnline()
                    || computer.getNumExecutors() <= 0
                    || isOfCloud(node) && !isKept(computer, project);
        });
        return candidates;
    }

    /** Whether an agent is online that is there without a cloud, so that none has to be kept. */
    @Restricted(NoExternalUse.class)
    public static boolean isPermanentOnline(@NonNull OctopodProject project) {
        return allOnline(project).stream().anyMatch(node -> !isOfCloud(node));
    }

    /**
     * The project’s label, if only a cloud has it and the project keeps no agent: then nothing is asked without a run. Null
     * otherwise.
     */
    @CheckForNull
    public static String cloudOnlyLabel(@NonNull OctopodProject project) {
        Label label = project.assignedLabel();
        boolean cloudOnly = label != null
                && !project.getChecks().isKeepAgent()
                && !label.getClouds().isEmpty()
                && label.getNodes().stream().allMatch(ProjectAgents::isOfCloud);
        return cloudOnly ? label.getExpression() : null;
    }

    /** @param label null for all that take any work */
    private static List<Node> nodes(@CheckForNull Label label) {
        List<Node> nodes = new ArrayList<>();
        if (label != null) {
            nodes.addAll(label.getNodes());
        } else {
            nodes.addAll(Jenkins.get().getNodes());
            nodes.add(Jenkins.get());
            nodes.removeIf(node -> node.getMode() == Node.Mode.EXCLUSIVE);
        }
        return nodes;
    }

    private static boolean isOfCloud(Node node) {
        return node instanceof AbstractCloudSlave;
    }

    private static boolean isKept(Computer computer, OctopodProject project) {
        for (Executor executor : computer.getExecutors()) {
            WorkUnit unit = executor.getCurrentWorkUnit();
            boolean keeps = unit != null
                    && executor.getCurrentExecutable() != null
                    && unit.context.task instanceof KeepingTask task
                    && task.project() == project;
            if (keeps) {
                return true;
            }
        }
        return false;
    }
}
