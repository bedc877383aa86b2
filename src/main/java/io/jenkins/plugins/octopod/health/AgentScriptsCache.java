package io.jenkins.plugins.octopod.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Node;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.scripts.InitScriptRegistry;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import jenkins.model.Jenkins;

/**
 * Cache of the control scripts prepared on agents, for callers that run scripts every few seconds. The tool installers
 * do not run each time. Thread-safe. Callers for the same agent wait while it is being prepared.
 */
public final class AgentScriptsCache {

    /**
     * Time after which scripts are prepared again, because a different version may have been installed, or a script
     * added.
     */
    private static final Duration RETENTION = Duration.ofMinutes(10);

    private final Cache<Key, CachedAgent> agents =
            Caffeine.newBuilder().expireAfterAccess(RETENTION).build();

    /**
     * Key of the cache.
     *
     * @param secrets identity of the secrets that {@code init} was run with
     */
    private record Key(String node, String tool, String secrets) {}

    /**
     * Returns the scripts on the agent's present connection. Blocks during their installation and {@code init}.
     *
     * @param toolName name of the tool; null or empty for the only tool
     * @param secrets secrets that the scripts get
     * @throws ScriptFailureException if the scripts can't be prepared, see {@link AgentScripts#prepare}
     * @throws IOException if the agent can't be reached
     */
    public AgentScripts get(Node node, @CheckForNull String toolName, ScriptSecrets secrets, Instant now)
            throws IOException, InterruptedException, ScriptFailureException {
        Key key = new Key(node.getNodeName(), Util.fixNull(toolName), secrets.identity());
        if (agents.getIfPresent(key) == null) {
            forgetRemoved();
        }
        return agents.get(key, unknown -> new CachedAgent())
                .scripts(node, toolName, secrets, now)
                .with(secrets);
    }

    /**
     * Removes the agents that no longer exist. Agents of clouds always have new names, and an entry holds its agent’s
     * connection.
     */
    private void forgetRemoved() {
        Jenkins jenkins = Jenkins.get();
        agents.asMap().keySet().removeIf(known -> !known.node().isEmpty() && jenkins.getNode(known.node()) == null);
    }

    /** Removes an agent’s entries, for example after its scripts have failed. */
    public void forget(Node node, @CheckForNull String toolName) {
        agents.asMap()
                .keySet()
                .removeIf(key ->
                        key.node().equals(node.getNodeName()) && key.tool().equals(Util.fixNull(toolName)));
    }

    /** Returns the number of entries, one for each agent and tool. */
    int size() {
        return agents.asMap().size();
    }

    private static final class CachedAgent {

        private AgentScripts scripts;
        private ControlScripts tool;
        private Instant at;
        private String digest;

        synchronized AgentScripts scripts(Node node, String toolName, ScriptSecrets secrets, Instant now)
                throws IOException, InterruptedException, ScriptFailureException {
            ControlScripts current = ControlScripts.find(toolName).orElse(null);
            String digestNow = secrets.digest();
            // `init` runs again after the secrets have changed, but not for each check, because some change at each
            // read.
            Duration retention = digestNow.equals(digest) ? RETENTION : InitScriptRegistry.MIN_INTERVAL;
            boolean known = scripts != null
                    && tool == current
                    && isConnected(node)
                    && Duration.between(at, now).abs().compareTo(retention) < 0;
            if (!known) {
                scripts = null;
                // The cached object contains no secrets.
                scripts = AgentScripts.prepare(node, toolName, secrets).with(ScriptSecrets.NONE);
                tool = current;
                at = now;
                digest = digestNow;
            }
            return scripts;
        }

        /** Returns whether the agent still has the connection that the scripts were prepared on. */
        private boolean isConnected(Node node) {
            Computer computer = node.toComputer();
            return computer != null
                    && computer.getChannel() == scripts.agentRoot().getChannel();
        }
    }
}
