package io.jenkins.plugins.octopod.staging.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.time.Backoff;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.AgentUnreachableException;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.support.AgentChannel;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.IOException;
import java.time.Duration;

/**
 * Session of a run with its agent, across reconnections. If a channel breaks, the run waits for the agent to come back
 * and continues. Only the run’s own thread may use it.
 *
 * <p>A script that was started is followed only through the agent’s root directory ({@link #onScript}). This needs no
 * tool, no {@code init} and no credentials, so none of them can interrupt it.
 */
@ModuleInternal
public final class AgentSession {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    private static final Backoff BACKOFF = Backoff.doubling(POLL_INTERVAL, Duration.ofSeconds(5));

    /**
     * Time limit for retries after the script was started, because the agent may be unable to open a file for a moment.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    private final StagingRun run;
    private final String toolName;
    private final EnvironmentSupplier environment;
    private final SecretsSupplier secrets;
    private final TaskListener log;

    @CheckForNull
    private AgentScripts scripts;

    /** Supplier of the environment of the run, part of which comes from the agent. */
    @FunctionalInterface
    interface EnvironmentSupplier {
        EnvVars get() throws IOException, InterruptedException;
    }

    /** Supplier of the secrets that the run’s scripts get. */
    @FunctionalInterface
    interface SecretsSupplier {
        ScriptSecrets get() throws ScriptFailureException;
    }

    /** Operation on the agent that uses the control scripts. */
    @FunctionalInterface
    interface Call<T> {
        T on(AgentScripts scripts) throws IOException, InterruptedException, ScriptFailureException;
    }

    /** Operation on the agent that uses a started script. */
    @FunctionalInterface
    interface RootCall<T> {
        T on(FilePath agentRoot) throws IOException, InterruptedException;
    }

    /** One attempt at an operation of either kind. */
    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws IOException, InterruptedException, ScriptFailureException;
    }

    AgentSession(
            StagingRun run,
            String toolName,
            EnvironmentSupplier environment,
            SecretsSupplier secretsSupplier,
            TaskListener log) {
        this.run = run;
        this.toolName = toolName;
        this.environment = environment;
        this.secrets = secretsSupplier;
        this.log = log;
    }

    /**
     * Runs an operation that may be repeated.
     *
     * @throws ScriptFailureException if the agent refuses it, or doesn’t come back in time
     */
    <T> T call(Call<T> call) throws InterruptedException, ScriptFailureException {
        // Before the script was started, a failure on the agent is final.
        Duration answerTimeout = run.script() == null ? Duration.ZERO : ANSWER_TIMEOUT;
        return retry(() -> callOnAgent(call), answerTimeout);
    }

    /**
     * Runs an operation on the started script that may be repeated. A failure says nothing about the script, so the
     * operation is retried for as long as an agent has time to reconnect.
     *
     * @throws ScriptFailureException if the operation keeps failing, or the agent doesn’t come back in time
     */
    <T> T onScript(RootCall<T> call) throws InterruptedException, ScriptFailureException {
        return retry(() -> callOnRoot(call), AgentChannel.reconnectTimeout());
    }

    /**
     * Runs an operation that must not be repeated. If the connection breaks during the operation, it counts as done.
     *
     * @return whether it was done; false if the connection was closed already, so that nothing of it was sent to the
     *     agent
     */
    boolean callOnce(Call<Void> call) throws InterruptedException, ScriptFailureException {
        call(agentScripts -> agentScripts);
        VirtualChannel used = channel();
        try {
            callOnAgent(call);
            return true;
        } catch (IOException | RequestAbortedException e) {
            if (!isLost(e, used)) {
                throw refused(e);
            }
            // Remoting throws this before it sends a request. A request that was sent and not answered fails with a
            // RequestAbortedException.
            return !(e instanceof ChannelClosedException);
        }
    }

    /** Runs an operation without retries. */
    <T> T callWithoutRetry(Call<T> call) throws InterruptedException, ScriptFailureException {
        return once(() -> callOnAgent(call));
    }

    /** Runs an operation on the started script without retries. */
    <T> T onScriptWithoutRetry(RootCall<T> call) throws InterruptedException, ScriptFailureException {
        return once(() -> callOnRoot(call));
    }

    private <T> T once(Attempt<T> attempt) throws InterruptedException, ScriptFailureException {
        VirtualChannel used = channel();
        try {
            return attempt.make();
        } catch (IOException | RequestAbortedException e) {
            if (!isLost(e, used)) {
                throw refused(e);
            }
            throw new AgentUnreachableException(run.agentDisplayName(), e);
        }
    }

    private <T> T retry(Attempt<T> attempt, Duration answerTimeout)
            throws InterruptedException, ScriptFailureException {
        long answeredFrom = 0;
        int failures = 0;
        while (true) {
            VirtualChannel used = channel();
            try {
                return attempt.make();
            } catch (IOException | RequestAbortedException e) {
                if (isLost(e, used)) {
                    log.getLogger()
                            .println(
                                    run.startedScript() == null
                                            ? Messages.AgentSession_disconnected(run.agentDisplayName())
                                            : Messages.AgentSession_disconnectedMayRunOn(run.agentDisplayName()));
                    awaitReturn();
                    log.getLogger().println(Messages.AgentSession_reconnected(run.agentDisplayName()));
                    answeredFrom = 0;
                    Thread.sleep(POLL_INTERVAL.toMillis());
                    continue;
                }
                long now = System.nanoTime();
                if (answeredFrom == 0) {
                    answeredFrom = now;
                    failures = 0;
                }
                if (now - answeredFrom >= answerTimeout.toNanos()) {
                    throw refused(e);
                }
                failures++;
                if (failures == 1) {
                    log.getLogger().println(Messages.AgentSession_retrying(run.agentDisplayName(), sentence(e)));
                }
                Thread.sleep(BACKOFF.pause(failures).toMillis());
            }
        }
    }

    private <T> T callOnAgent(Call<T> call) throws IOException, InterruptedException, ScriptFailureException {
        if (scripts == null) {
            scripts = AgentScripts.prepare(requireAgent(), toolName, environment.get(), secrets.get(), log);
        }
        return call.on(scripts);
    }

    private <T> T callOnRoot(RootCall<T> call) throws IOException, InterruptedException, ScriptFailureException {
        FilePath root = requireAgent().getRootPath();
        if (root == null) {
            throw new IOException("agent " + run.agentDisplayName() + " is offline");
        }
        return call.on(root);
    }

    /**
     * Returns the agent. An agent that Jenkins doesn’t store may register again, so its absence counts as being
     * offline.
     */
    private Node requireAgent() throws IOException, ScriptFailureException {
        Node node = run.agent();
        if (node != null) {
            return node;
        }
        requireReturnable();
        throw new IOException("agent " + run.agentDisplayName() + " is not registered now");
    }

    private void requireReturnable() throws ScriptFailureException {
        if (run.agent() == null && !run.agentKind().mayRegisterAgain()) {
            throw new ScriptFailureException(
                    io.jenkins.plugins.octopod.staging.queue.Messages.AgentSession_removed(run.agentDisplayName()));
        }
    }

    /** Returns whether the connection was lost, which may be temporary. Any other failure is the agent’s answer. */
    private boolean isLost(Exception e, @CheckForNull VirtualChannel used) throws InterruptedException {
        if (JenkinsShutdown.isInProgress()) {
            throw new InterruptedException("Jenkins is stopping");
        }
        boolean lost = AgentChannel.isLost(e, used, run.agent());
        if (lost) {
            scripts = null;
        }
        return lost;
    }

    private ScriptFailureException refused(Exception e) {
        scripts = null;
        return new ScriptFailureException(Messages.AgentSession_failed(run.agentDisplayName(), sentence(e)));
    }

    private static String sentence(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @CheckForNull
    private VirtualChannel channel() {
        return AgentChannel.of(run.agent());
    }

    private void awaitReturn() throws InterruptedException, ScriptFailureException {
        long start = System.nanoTime();
        Duration timeout = AgentChannel.reconnectTimeout();
        while (channel() == null) {
            if (JenkinsShutdown.isInProgress()) {
                throw new InterruptedException("Jenkins is stopping");
            }
            requireReturnable();
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new ScriptFailureException(
                        Messages.AgentSession_notReconnected(run.agentDisplayName(), timeout.toSeconds()));
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
    }
}
