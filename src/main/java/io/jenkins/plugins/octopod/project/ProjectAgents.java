package io.jenkins.plugins.octopod.project;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The agents that a project’s control scripts run on. */
public final class ProjectAgents {

    private ProjectAgents() {}

    /**
     * One that is online, to be asked something without using an executor; empty where there is none now.
     *
     * @param label null for any agent that takes any work
     */
    public static Optional<Node> online(Label label) {
        return allOnline(label).stream().findFirst();
    }

    /**
     * Those that are online now. None is started for it.
     *
     * @param label null for all agents that take any work
     */
    public static List<Node> allOnline(Label label) {
        List<Node> candidates = new ArrayList<>();
        if (label != null) {
            candidates.addAll(label.getNodes());
        } else {
            candidates.addAll(Jenkins.get().getNodes());
            candidates.add(Jenkins.get());
            candidates.removeIf(node -> node.getMode() == Node.Mode.EXCLUSIVE);
        }
        candidates.removeIf(node -> {
            Computer computer = node.toComputer();
            return computer == null || !computer.isOnline() || computer.getNumExecutors() <= 0;
        });
        return candidates;
    }
}
