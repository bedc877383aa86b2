package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.WorkUnit;
import hudson.slaves.AbstractCloudSlave;
import io.jenkins.plugins.octopod.project.access.RunItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.util.Listeners;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Agents that run a project’s control scripts. An agent of a cloud is used without an executor only while the project
 * keeps it. Otherwise it could be removed at the end of the build that it was started for.
 */
public final class ProjectAgents {

    private ProjectAgents() {}

    /** Task that keeps an agent for a project. */
    @Restricted(NoExternalUse.class)
    public interface KeepingTask extends Queue.Task {
        @NonNull
        OctopodProject project();
    }

    /** Listener that learns which projects need agents. Called on any thread; must not block. */
    @Restricted(NoExternalUse.class)
    public abstract static class NeedListener implements ExtensionPoint {

        /** Called when a script of the project should run outside of a run. */
        public void onNeeded(@NonNull OctopodProject project) {}

        /** Called when an agent is kept for the project from now on. */
        public void onKept(@NonNull OctopodProject project) {}
    }

    /** Notifies listeners that a script of the project should run outside of a run. */
    @Restricted(NoExternalUse.class)
    public static void need(@NonNull OctopodProject project) {
        Listeners.notify(NeedListener.class, false, listener -> listener.onNeeded(project));
    }

    /** Notifies listeners that an agent is kept for the project now. */
    @Restricted(NoExternalUse.class)
    public static void kept(@NonNull OctopodProject project) {
        Listeners.notify(NeedListener.class, false, listener -> listener.onKept(project));
    }

    /** Creates queue items like those of a project’s runs. */
    @Restricted(NoExternalUse.class)
    public interface RunItemFactory extends ExtensionPoint {

        /** Returns an item for each user who has changed a staging last, and at least one item. */
        @NonNull
        List<RunItem> runItems(@NonNull OctopodProject project);
    }

    /** Returns items like those of the runs that the project could get next. */
    @NonNull
    @Restricted(NoExternalUse.class)
    public static List<RunItem> runItems(@NonNull OctopodProject project) {
        return ExtensionList.lookupFirst(RunItemFactory.class).runItems(project);
    }

    /** Returns an online agent that would accept a run of the project; empty if there is none. Starts no agent. */
    public static Optional<Node> online(@NonNull OctopodProject project) {
        return taking(project, candidates(project)).findFirst();
    }

    /** Returns an online agent that would accept the given run of the project; empty if there is none. */
    @Restricted(NoExternalUse.class)
    public static Optional<Node> online(@NonNull OctopodProject project, @NonNull RunItem run) {
        Label label = project.assignedLabel();
        return candidates(project).stream()
                .filter(node -> run.isTakenBy(node, label))
                .findFirst();
    }

    /** Filters agents lazily, because the decision calls other plugins. */
    private static Stream<Node> taking(OctopodProject project, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return Stream.empty();
        }
        List<RunItem> runs = runItems(project);
        Label label = project.assignedLabel();
        return nodes.stream().filter(node -> runs.stream().anyMatch(run -> run.isTakenBy(node, label)));
    }

    /**
     * Returns the agents that can run a script now without an executor, as far as that does not depend on the run. The
     * caller must check {@link RunItem#isTakenBy} before it uses one.
     */
    @Restricted(NoExternalUse.class)
    public static List<Node> candidates(@NonNull OctopodProject project) {
        List<Node> nodes = nodes(project.assignedLabel());
        nodes.removeIf(node -> !isUsable(node, project));
        return nodes;
    }

    /**
     * Returns whether the agent can run scripts. An agent of a cloud is reserved for the build that it was started for,
     * unless it is kept.
     */
    private static boolean isUsable(Node node, OctopodProject project) {
        Computer computer = node.toComputer();
        return computer != null
                && computer.isOnline()
                && computer.getNumExecutors() > 0
                && (isKept(computer, project) || !isOfCloud(node) && computer.isAcceptingTasks());
    }

    /** Returns whether an agent that isn’t of a cloud is online, so that no agent must be kept. */
    @Restricted(NoExternalUse.class)
    public static boolean isPermanentOnline(@NonNull OctopodProject project) {
        List<Node> permanent =
                candidates(project).stream().filter(node -> !isOfCloud(node)).toList();
        return taking(project, permanent).findFirst().isPresent();
    }

    /**
     * Returns the project’s label if only a cloud has it and the project keeps no agent, so that scripts run only in
     * runs. Null otherwise.
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

    /**
     * Returns the nodes with the label.
     *
     * @param label label; null for the nodes that accept any work
     */
    private static List<Node> nodes(@CheckForNull Label label) {
        List<Node> nodes = new ArrayList<>();
        if (label != null) {
            nodes.addAll(label.getNodes());
        } else {
            nodes.addAll(Jenkins.get().getNodes());
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
