package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import java.util.Objects;

/**
 * A script that a run has started and that is not known to have ended. Stored with the observed state before the script starts,
 * and removed when the script has ended. While it is there, no other script is started for the staging, whatever becomes of the
 * run. Immutable.
 */
@ModuleInternal
public final class StartedScript {

    private final DurableScript script;
    private final String requestId;
    private final int run;
    private final String agent;
    private final AgentKind agentKind;
    private final boolean killRequested;

    /** Null as a rule: a restored backup may have more than one. */
    @CheckForNull
    private final StartedScript other;

    private StartedScript(
            DurableScript script,
            String requestId,
            int run,
            String agent,
            AgentKind agentKind,
            boolean killRequested,
            @CheckForNull StartedScript other) {
        this.script = Objects.requireNonNull(script);
        this.requestId = Objects.requireNonNull(requestId);
        this.run = run;
        this.agent = Objects.requireNonNull(agent);
        this.agentKind = Objects.requireNonNull(agentKind);
        this.killRequested = killRequested;
        this.other = other;
    }

    /**
     * @param requestId the id of the request that the run executes
     * @param run the number of the run that starts the script
     * @param agent the name of the agent; empty for the built-in node
     */
    public static StartedScript by(String requestId, int run, DurableScript script, String agent, AgentKind agentKind) {
        return new StartedScript(script, requestId, run, agent, agentKind, false, null);
    }

    /** The same script, which is to be killed as soon as its agent can be reached. */
    public StartedScript withKillRequested() {
        return new StartedScript(script, requestId, run, agent, agentKind, true, other);
    }

    /** The same script, and one more that is not known to have ended; the same if that is of the same run. */
    public StartedScript with(@CheckForNull StartedScript another) {
        return another == null || another.run == run
                ? this
                : new StartedScript(script, requestId, run, agent, agentKind, killRequested, another);
    }

    /** The script that is not known to have ended either, and is looked at after this one; null if there is none. */
    @CheckForNull
    public StartedScript other() {
        return other;
    }

    public DurableScript script() {
        return script;
    }

    /** The id of the request whose run has started it. */
    public String requestId() {
        return requestId;
    }

    /** The number of the run that has started it. */
    public int run() {
        return run;
    }

    /** The name of the agent that it was started on; empty for the built-in node. */
    public String agent() {
        return agent;
    }

    public AgentKind agentKind() {
        return agentKind == null ? AgentKind.STORED : agentKind;
    }

    /** Whether a user has aborted it. */
    public boolean isKillRequested() {
        return killRequested;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof StartedScript that
                && run == that.run
                && requestId.equals(that.requestId)
                && agent.equals(that.agent)
                && killRequested == that.killRequested
                && Objects.equals(other, that.other)
                && script.deadline().equals(that.script.deadline());
    }

    @Override
    public int hashCode() {
        return Objects.hash(run, agent, killRequested);
    }
}
