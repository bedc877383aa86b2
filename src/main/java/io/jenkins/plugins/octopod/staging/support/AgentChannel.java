package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.time.Duration;
import jenkins.util.SystemProperties;

/**
 * The connection of an agent. Only this class decides whether a connection was lost or the agent has answered.
 * Thread-safe.
 */
@ModuleInternal
public final class AgentChannel {

    /** System property for the time, in seconds, for which Jenkins waits for an agent that has disconnected. */
    public static final String RECONNECT_TIMEOUT = "io.jenkins.plugins.octopod.agentReconnectTimeout";

    private static final long DEFAULT_RECONNECT_SECONDS = 300;

    private AgentChannel() {}

    /**
     * Returns how long Jenkins waits for an agent that has disconnected, before it gives up the run. It is the same
     * after a lost connection and after a restart.
     */
    public static Duration reconnectTimeout() {
        return Duration.ofSeconds(SystemProperties.getLong(RECONNECT_TIMEOUT, DEFAULT_RECONNECT_SECONDS));
    }

    /** Returns the open channel of the agent; null while it is not connected, or if there is no agent. */
    @CheckForNull
    public static VirtualChannel of(@CheckForNull Node agent) {
        Computer computer = agent == null ? null : agent.toComputer();
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        return isClosing(channel) ? null : channel;
    }

    /**
     * Returns whether a call failed because the connection was lost, which says nothing about what was called.
     * Otherwise the exception is the agent’s answer.
     *
     * @param failure exception that the call threw
     * @param used channel that the agent had when the call began; null if it had none
     */
    public static boolean isLost(Throwable failure, @CheckForNull VirtualChannel used, @CheckForNull Node agent) {
        return failure instanceof RequestAbortedException
                || failure instanceof ChannelClosedException
                || used == null
                || isClosing(used)
                || of(agent) != used;
    }

    private static boolean isClosing(@CheckForNull VirtualChannel channel) {
        return channel instanceof Channel remote && remote.isClosingOrClosed();
    }
}
