package io.jenkins.plugins.octopod.staging.state;

import hudson.model.Node;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.EphemeralNode;
import io.jenkins.plugins.octopod.ModuleInternal;

/** What happens to an agent that Jenkins no longer has. Stored by name. */
@ModuleInternal
public enum AgentKind {
    /** Stored by Jenkins until an administrator removes it. Its machine might continue to run. */
    STORED,
    /** Not stored, such as a Swarm agent. It registers again after it has lost its connection, or after a restart. */
    EPHEMERAL,
    /**
     * Created by a cloud. Its machine counts as gone once Jenkins has not had the agent for as long as it waits for an
     * agent.
     */
    CLOUD,
    /**
     * Created by a cloud and not stored, such as an agent of Mesos or Nomad. It can register again, because its machine
     * still exists.
     */
    EPHEMERAL_CLOUD;

    public static AgentKind of(Node node) {
        boolean stored = !(node instanceof EphemeralNode);
        if (node instanceof AbstractCloudSlave) {
            return stored ? CLOUD : EPHEMERAL_CLOUD;
        }
        return stored ? STORED : EPHEMERAL;
    }

    /** Returns whether Jenkins can get the agent again without an administrator. */
    public boolean mayRegisterAgain() {
        return this == EPHEMERAL || this == EPHEMERAL_CLOUD;
    }

    /**
     * Returns whether the machine and everything that ran there count as gone once the agent has been away for as long
     * as Jenkins waits for it.
     */
    public boolean endsWithItsMachine() {
        return this == CLOUD || this == EPHEMERAL_CLOUD;
    }
}
