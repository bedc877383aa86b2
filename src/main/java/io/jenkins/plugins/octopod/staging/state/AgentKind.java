package io.jenkins.plugins.octopod.staging.state;

import hudson.model.Node;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.EphemeralNode;
import io.jenkins.plugins.octopod.ModuleInternal;

/** What becomes of an agent that Jenkins does not have any more. Stored by name. */
@ModuleInternal
public enum AgentKind {
    /** Stored by Jenkins until an administrator removes it. Its machine may live on. */
    STORED,
    /** Not stored, such as an agent of Swarm. It registers again after it has lost its connection, or after a restart. */
    EPHEMERAL,
    /** Made by a cloud. Its machine is gone when Jenkins has not had it for as long as it waits for an agent. */
    CLOUD,
    /** Made by a cloud and not stored, such as an agent of Mesos or Nomad. It may register again, as its machine is there. */
    EPHEMERAL_CLOUD;

    public static AgentKind of(Node node) {
        boolean stored = !(node instanceof EphemeralNode);
        if (node instanceof AbstractCloudSlave) {
            return stored ? CLOUD : EPHEMERAL_CLOUD;
        }
        return stored ? STORED : EPHEMERAL;
    }

    /** Returns whether Jenkins may have it again, without an administrator who adds it. */
    public boolean mayRegisterAgain() {
        return this == EPHEMERAL || this == EPHEMERAL_CLOUD;
    }

    /** Returns whether its machine is gone, with all that ran there, when it has been away for as long as Jenkins waits for it. */
    public boolean endsWithItsMachine() {
        return this == CLOUD || this == EPHEMERAL_CLOUD;
    }
}
