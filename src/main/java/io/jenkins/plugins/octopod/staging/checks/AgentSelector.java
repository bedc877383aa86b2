package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.access.RunItem;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Selects the agent that runs the scripts for a staging, among the agents that are already online. */
@Restricted(NoExternalUse.class)
public final class AgentSelector {

    /** Agents that are online, by name. Whether one of them would take a run depends on the staging. */
    private final List<Node> candidates;

    private final Label label;

    private AgentSelector(List<Node> candidates, @CheckForNull Label label) {
        this.candidates = candidates;
        this.label = label;
    }

    /** Returns a selector of the agents that the project’s scripts may use without an executor. Starts no agent. */
    public static AgentSelector of(OctopodProject project) {
        List<Node> candidates = ProjectAgents.candidates(project);
        candidates.sort(Comparator.comparing(Node::getNodeName));
        return new AgentSelector(candidates, project.assignedLabel());
    }

    /**
     * Returns the agent of the staging’s last run, because scripts might have started something there. If a run could not
     * use that agent, returns a different one, which stays the same as long as the same agents are online. Empty if
     * there is none.
     */
    public Optional<Node> forStaging(Staging staging) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        RunItem run = RunItems.of(staging);
        String last = lastAgent(staging);
        int first = Math.floorMod(staging.getName().hashCode(), candidates.size());
        Stream<Node> preferred =
                candidates.stream().filter(node -> node.getNodeName().equals(last));
        Stream<Node> others =
                IntStream.range(0, candidates.size()).mapToObj(i -> candidates.get((first + i) % candidates.size()));
        return Stream.concat(preferred, others)
                .filter(node -> run.isTakenBy(node, label))
                .findFirst();
    }

    /**
     * Returns the node name of the last agent. Reads no file, because checks call it for thousands of stagings, most of
     * which have no run in memory.
     */
    @CheckForNull
    private static String lastAgent(Staging staging) {
        StagingRun current = staging.isBusy() ? staging.unfinishedRun() : null;
        String agent = current == null ? null : current.agentName();
        return agent != null ? agent : staging.observedState().agent();
    }
}
