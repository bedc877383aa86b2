package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Node;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import java.util.Arrays;
import jenkins.model.Jenkins;

/**
 * A project in the feed’s response.
 *
 * @param tagKey key whose value is the deployed version
 * @param mayCreate whether the viewer can create stagings in the project
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectRow(
        @JsonUnwrapped Identity identity,
        String tagKey,
        boolean mayCreate,
        @JsonUnwrapped AgentSupply agentSupply) {

    /**
     * Names and URL of a project.
     *
     * @param id full name of the project
     * @param name display name of the project
     * @param url URL relative to Jenkins’ root
     */
    record Identity(String id, String name, String url) {

        private static Identity of(OctopodProject project) {
            return new Identity(project.getFullName(), project.getFullDisplayName(), project.getUrl());
        }
    }

    /**
     * Agents that a project can use.
     *
     * @param agents availability of agents for requested actions
     * @param labelled whether the project requires a label
     * @param label label that the project requires; {@code null} if there is none, or the viewer isn’t allowed to see it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AgentSupply(
            Agents agents, boolean labelled, @CheckForNull String label) {

        private static AgentSupply of(OctopodProject project) {
            Label label = project.assignedLabel();
            if (label == null) {
                return new AgentSupply(anywhere(), false, null);
            }
            boolean detailed = MessageDisclosure.isDetailPermitted(project);
            return new AgentSupply(having(label, project), true, detailed ? label.getExpression() : null);
        }
    }

    /** Availability of agents for requested actions. */
    enum Agents {
        /** An agent is connected, or a cloud can start one. */
        ONLINE,
        /** No agent is connected, and no cloud can start one. */
        OFFLINE,
        /**
         * Only a cloud has the label, and no agent is kept for checks. A run starts an agent. No check runs between
         * runs.
         */
        CLOUD,
        /** Neither an agent nor a cloud has the label. */
        NONE
    }

    static ProjectRow of(OctopodProject project) {
        return new ProjectRow(
                Identity.of(project), project.getTagKey(), project.hasPermission(Item.CREATE), AgentSupply.of(project));
    }

    private static Agents having(Label label, OctopodProject project) {
        if (label.isEmpty()) {
            return Agents.NONE;
        }
        if (ProjectAgents.cloudOnlyLabel(project) != null) {
            return Agents.CLOUD;
        }
        boolean startable = !label.getClouds().isEmpty();
        return startable || label.getNodes().stream().anyMatch(node -> isOnline(node.toComputer()))
                ? Agents.ONLINE
                : Agents.OFFLINE;
    }

    private static Agents anywhere() {
        boolean online = Arrays.stream(Jenkins.get().getComputers())
                .anyMatch(computer -> isOnline(computer) && isForAnything(computer.getNode()));
        return online || !Jenkins.get().clouds.isEmpty() ? Agents.ONLINE : Agents.OFFLINE;
    }

    private static boolean isForAnything(Node node) {
        return node != null && node.getMode() == Node.Mode.NORMAL;
    }

    private static boolean isOnline(Computer computer) {
        return computer != null && computer.isOnline() && computer.getNumExecutors() > 0;
    }
}
