package io.jenkins.plugins.octopod.health;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/**
 * Control scripts as they are on agents, remembered for those who ask them every few seconds: installers aren't bothered
 * each time. Safe for any thread; who comes for the same agent while it is prepared waits.
 */
public final class PreparedAgents {

    /** By then another version may have been installed, or somebody has added a script. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Map<Key, Agent> agents = new ConcurrentHashMap<>();

    private record Key(String node, String tool) {}

    /**
     * The scripts, on that agent's present connection. Blocks while they are put there and {@code init} runs.
     *
     * @param toolName null or empty for the only tool there is
     * @throws ScriptFailureException as {@link AgentScripts#prepare}
     * @throws IOException if the agent can't be reached
     */
    public AgentScripts get(Node node, @CheckForNull String toolName, Instant now)
            throws IOException, InterruptedException, ScriptFailureException {
        Key key = key(node, toolName);
        if (!agents.containsKey(key)) {
            forgetRemoved();
        }
        return agents.computeIfAbsent(key, unknown -> new Agent()).scripts(node, toolName, now);
    }

    /** Agents of clouds come with a new name each time, and what is known of one holds its connection. */
    private void forgetRemoved() {
        Jenkins jenkins = Jenkins.get();
        agents.keySet().removeIf(known -> !known.node().isEmpty() && jenkins.getNode(known.node()) == null);
    }

    /** To be called when something speaks against what is remembered. */
    public void forget(Node node, @CheckForNull String toolName) {
        agents.remove(key(node, toolName));
    }

    /** How many agents are remembered, each for each of its tools. */
    int size() {
        return agents.size();
    }

    private static Key key(Node node, String toolName) {
        return new Key(node.getNodeName(), Util.fixNull(toolName));
    }

    private static final class Agent {

        private AgentScripts scripts;
        private ControlScripts tool;
        private Instant at;

        synchronized AgentScripts scripts(Node node, String toolName, Instant now)
                throws IOException, InterruptedException, ScriptFailureException {
            ControlScripts current = ControlScripts.find(toolName).orElse(null);
            boolean known = scripts != null
                    && tool == current
                    && isConnected(node)
                    && Duration.between(at, now).abs().compareTo(KEPT) < 0;
            if (!known) {
                scripts = null;
                scripts = AgentScripts.prepare(node, toolName, new EnvVars(), TaskListener.NULL);
                tool = current;
                at = now;
            }
            return scripts;
        }

        /** A connection that was lost doesn't come back: the agent then has another. */
        private boolean isConnected(Node node) {
            Computer computer = node.toComputer();
            return computer != null
                    && computer.getChannel() == scripts.agentRoot().getChannel();
        }
    }
}
