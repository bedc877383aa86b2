package io.jenkins.plugins.octopod.scripts;

/**
 * Thrown if control scripts can't be used because the agent can't be reached, or the connection was lost during a call.
 * A script that was running on the agent may have done its work.
 */
public final class AgentUnreachableException extends ScriptFailureException {

    private static final long serialVersionUID = 1L;

    public AgentUnreachableException(String agentDisplayName, Exception cause) {
        super(Messages.AgentUnreachableException_sentence(agentDisplayName), cause);
    }
}
