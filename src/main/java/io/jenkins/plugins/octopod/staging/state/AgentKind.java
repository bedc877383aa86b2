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
    CLOUD;

    public static AgentKind of(Node node) {
        if (node instanceof EphemeralNode) {
            return EPHEMERAL;
        }
        return node instanceof AbstractCloudSlave ? CLOUD : STORED;
    }
}
