package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * A project as pages get it.
 *
 * @param id its full name
 * @param name as people call it
 * @param url from the root of Jenkins
 * @param tagKey the override whose value is the version that runs
 * @param mayCreate whether the viewer may put a staging into it
 * @param agents whether there is one now
 * @param labelled whether an agent has to have a label
 * @param label that an agent has to have; null if any agent will do, or the viewer may not read the project’s settings
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectRow(
        String id,
        String name,
        String url,
        String tagKey,
        boolean mayCreate,
        Agents agents,
        boolean labelled,
        @CheckForNull String label) {

    /** Whether what people ask for can be done now. */
    enum Agents {
        ONLINE,
        /** There are some, but none is connected. */
        OFFLINE,
        /** Only a cloud has the label, and no agent is kept for checks: runs start one, and statuses are not checked. */
        CLOUD,
        /** Nobody has the label. */
        NONE
    }

    static ProjectRow of(OctopodProject project) {
        Label label = project.assignedLabel();
        return new ProjectRow(
                project.getFullName(),
                project.getFullDisplayName(),
                project.getUrl(),
                project.getTagKey(),
                project.hasPermission(Item.CREATE),
                label == null ? anywhere() : having(label, project),
                label != null,
                label == null || !MessageDisclosure.isDetailPermitted(project) ? null : label.getExpression());
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
