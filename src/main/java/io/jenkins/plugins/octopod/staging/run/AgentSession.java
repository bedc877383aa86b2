package io.jenkins.plugins.octopod.staging.run;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.IOException;
import java.time.Duration;
import jenkins.util.SystemProperties;

/**
 * Session of a run with its agent, across reconnections. If a channel breaks, the run waits for the agent to come back
 * and continues. Only the run’s own thread may use it.
 */
@ModuleInternal
public final class AgentSession {

    /** The system property with the time, in seconds, for which a run waits for an agent that has disconnected. */
    public static final String RECONNECT_TIMEOUT = "io.jenkins.plugins.octopod.agentReconnectTimeout";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final StagingRun run;
    private final String toolName;
    private final EnvVars environment;
    private final SecretsSupplier secrets;
    private final TaskListener log;
    private AgentScripts scripts;

    /** Supplier of the secrets that the run’s scripts get. */
    @FunctionalInterface
    interface SecretsSupplier {
        ScriptSecrets get() throws ScriptFailureException;
    }

    /** Something to do on the agent. */
    @FunctionalInterface
    interface Call<T> {
        T on(AgentScripts scripts) throws IOException, InterruptedException, ScriptFailureException;
    }

    AgentSession(
            StagingRun run, String toolName, EnvVars environment, SecretsSupplier secretsSupplier, TaskListener log) {
        this.run = run;
        this.toolName = toolName;
        this.environment = environment;
        this.secrets = secretsSupplier;
        this.log = log;
    }

    /** How long a run waits for an agent that has gone; a system property, in seconds. */
    private static Duration reconnectTimeout() {
        return Duration.ofSeconds(SystemProperties.getLong(RECONNECT_TIMEOUT, 300L));
    }

    /**
     * Does something that may be done again.
     *
     * @throws ScriptFailureException if it fails, or the agent doesn’t come back in time
     */
    <T> T call(Call<T> call) throws InterruptedException, ScriptFailureException {
        while (true) {
            try {
                return callOnAgent(call);
            } catch (IOException e) {
                rethrowUnlessDisconnected(e);
                log.getLogger().println(Messages.AgentSession_disconnected(run.agentDisplayName()));
                awaitReturn();
                log.getLogger().println(Messages.AgentSession_reconnected(run.agentDisplayName()));
            }
        }
    }

    /** Does something that must not be done twice, so when the connection breaks meanwhile, it counts as done. */
    void callOnce(Call<Void> call) throws InterruptedException, ScriptFailureException {
        call(agentScripts -> agentScripts);
        try {
            callOnAgent(call);
        } catch (IOException e) {
            rethrowUnlessDisconnected(e);
        }
    }

    /** Does something now or not at all. */
    <T> T callWithoutRetry(Call<T> call) throws InterruptedException, ScriptFailureException {
        try {
            return callOnAgent(call);
        } catch (IOException e) {
            rethrowUnlessDisconnected(e);
            throw new ScriptFailureException(
                    io.jenkins.plugins.octopod.staging.checks.Messages.AgentSession_unreachable(
                            run.agentDisplayName()));
        }
    }

    /** From now on scripts are given what they would be given now: it is asked for again. */
    void forgetSecrets() {
        scripts = null;
    }

    private <T> T callOnAgent(Call<T> call) throws IOException, InterruptedException, ScriptFailureException {
        if (scripts == null) {
            Node node = run.agent();
            if (node == null) {
                throw new ScriptFailureException(
                        io.jenkins.plugins.octopod.staging.queue.Messages.AgentSession_removed(run.agentDisplayName()));
            }
            scripts = AgentScripts.prepare(node, toolName, environment, secrets.get(), log);
        }
        try {
            return call.on(scripts);
        } catch (RequestAbortedException e) {
            throw new IOException(e);
        }
    }

    /** Tells a broken connection, which may heal, from what an agent answers. */
    private void rethrowUnlessDisconnected(IOException e) throws ScriptFailureException, InterruptedException {
        if (JenkinsShutdown.isInProgress()) {
            throw new InterruptedException("Jenkins is stopping");
        }
        VirtualChannel used = scripts == null ? null : scripts.agentRoot().getChannel();
        scripts = null;
        if (channel() != null && (used == null || used == channel()) && !isClosing(used)) {
            throw new ScriptFailureException(Messages.AgentSession_failed(run.agentDisplayName(), e.getMessage()));
        }
    }

    private static boolean isClosing(VirtualChannel channel) {
        return channel instanceof hudson.remoting.Channel remote && remote.isClosingOrClosed();
    }

    /** Null while the agent isn’t connected. */
    private VirtualChannel channel() {
        Node node = run.agent();
        Computer computer = node == null ? null : node.toComputer();
        VirtualChannel channel = computer == null || computer.isOffline() ? null : computer.getChannel();
        return isClosing(channel) ? null : channel;
    }

    private void awaitReturn() throws InterruptedException, ScriptFailureException {
        long start = System.nanoTime();
        Duration timeout = reconnectTimeout();
        while (channel() == null) {
            if (JenkinsShutdown.isInProgress()) {
                throw new InterruptedException("Jenkins is stopping");
            }
            if (run.agent() == null) {
                throw new ScriptFailureException(
                        io.jenkins.plugins.octopod.staging.queue.Messages.AgentSession_removed(run.agentDisplayName()));
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new ScriptFailureException(
                        Messages.AgentSession_notReconnected(run.agentDisplayName(), timeout.toSeconds()));
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
    }
}
