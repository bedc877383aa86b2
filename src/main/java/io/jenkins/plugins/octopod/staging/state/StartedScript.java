package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import java.util.Objects;

/**
 * A script that a run has started and that is not known to have ended. Stored with the observed state before the script
 * starts, and removed when the script has ended. While it is stored, no other script is started for the staging, even
 * if the run is lost. Immutable.
 */
@ModuleInternal
public final class StartedScript {

    private final DurableScript script;
    private final String requestId;
    private final int run;
    private final String agent;
    private final AgentKind agentKind;
    private final boolean killRequested;

    /** Usually null. A restored backup might have more than one script. */
    @CheckForNull
    private final StartedScript other;

    private StartedScript(String requestId, int run, DurableScript script, String agent, AgentKind agentKind) {
        this.script = Objects.requireNonNull(script);
        this.requestId = Objects.requireNonNull(requestId);
        this.run = run;
        this.agent = Objects.requireNonNull(agent);
        this.agentKind = Objects.requireNonNull(agentKind);
        this.killRequested = false;
        this.other = null;
    }

    private StartedScript(StartedScript from, boolean killRequested, @CheckForNull StartedScript other) {
        this.script = from.script;
        this.requestId = from.requestId;
        this.run = from.run;
        this.agent = from.agent;
        this.agentKind = from.agentKind;
        this.killRequested = killRequested;
        this.other = other;
    }

    /**
     * Returns a script that a run is about to start.
     *
     * @param requestId id of the request that the run executes
     * @param run number of the run that starts the script
     * @param agent node name of the agent; empty for the built-in node
     */
    public static StartedScript by(String requestId, int run, DurableScript script, String agent, AgentKind agentKind) {
        return new StartedScript(requestId, run, script, agent, agentKind);
    }

    /** Returns a copy that will be killed as soon as its agent can be reached. */
    public StartedScript withKillRequested() {
        return new StartedScript(this, true, other);
    }

    /**
     * Returns a copy with further scripts that are not known to have ended: another one and those that are followed
     * after it. Each run has one script only, so a script of a run that is already contained is left out.
     */
    public StartedScript with(@CheckForNull StartedScript another) {
        StartedScript all = this;
        for (StartedScript next = another; next != null; next = next.other) {
            all = all.followedBy(next);
        }
        return all;
    }

    private StartedScript followedBy(StartedScript last) {
        if (last.run == run) {
            return this;
        }
        return withOther(other == null ? last.withOther(null) : other.followedBy(last));
    }

    private StartedScript withOther(@CheckForNull StartedScript newOther) {
        return new StartedScript(this, killRequested, newOther);
    }

    /**
     * Returns another script that is not known to have ended, and is followed after this one; null if there is none.
     */
    @CheckForNull
    public StartedScript other() {
        return other;
    }

    public DurableScript script() {
        return script;
    }

    /** Returns the id of the request whose run has started the script. */
    public String requestId() {
        return requestId;
    }

    /** Returns the number of the run that has started the script. */
    public int run() {
        return run;
    }

    /** Returns the node name of the agent that the script was started on; empty for the built-in node. */
    public String agent() {
        return agent;
    }

    public AgentKind agentKind() {
        return agentKind == null ? AgentKind.STORED : agentKind;
    }

    /** Returns whether a user has aborted the script. */
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
