package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Selects the agent that runs the scripts for a staging, among the agents that are already online. */
@Restricted(NoExternalUse.class)
public final class AgentSelector {

    private final List<Node> online;

    private AgentSelector(List<Node> online) {
        this.online = online;
    }

    /** Those that the project’s scripts may be asked on without an executor. None is started for it. */
    public static AgentSelector of(OctopodProject project) {
        List<Node> candidates = new ArrayList<>(ProjectAgents.allOnline(project));
        candidates.sort(Comparator.comparing(Node::getNodeName));
        return new AgentSelector(candidates);
    }

    /**
     * Where its last run was, as scripts may have started something there; else one that stays the same as long as the
     * same agents are online, each for its part of the stagings.
     */
    public Optional<Node> forStaging(Staging staging) {
        if (online.size() <= 1) {
            return online.stream().findFirst();
        }
        String last = lastAgent(staging);
        Optional<Node> preferred =
                online.stream().filter(node -> node.getNodeName().equals(last)).findFirst();
        int part = Math.floorMod(staging.getName().hashCode(), online.size());
        return preferred.or(() -> Optional.of(online.get(part)));
    }

    /** Reads no file, because checks call it for thousands of stagings, most of which have no run in memory. */
    @CheckForNull
    private static String lastAgent(Staging staging) {
        StagingRun current = staging.isBusy() ? staging.unfinishedRun() : null;
        String agent = current == null ? null : current.agentName();
        return agent != null ? agent : staging.observedState().agent();
    }
}
