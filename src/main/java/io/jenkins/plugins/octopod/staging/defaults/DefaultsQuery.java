package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.util.List;

/**
 * One of the config scripts, and all that its answer depends on: what is set differently is another question.
 *
 * @param project full name of the item
 * @param identity what scripts are told of the project
 * @param tool name of the control scripts; null for the only ones there are
 * @param label of the agents; null for any
 * @param script to be asked
 * @param deployment full configuration of the deployment; empty for scripts that aren’t told
 */
record DefaultsQuery(
        String project,
        ProjectIdentity identity,
        @CheckForNull String tool,
        @CheckForNull String label,
        ControlScript script,
        Configuration deployment) {

    static DefaultsQuery of(OctopodProject project, ControlScript script, Configuration deployment) {
        return new DefaultsQuery(
                project.getFullName(),
                project.identity(),
                project.getControlScripts(),
                project.getAgentLabel(),
                script,
                script.arguments() == ControlScript.Arguments.DEPLOYMENT ? deployment : Configuration.EMPTY);
    }

    List<String> arguments() {
        return script.arguments() == ControlScript.Arguments.DEPLOYMENT
                ? ScriptArguments.deployment(identity, deployment)
                : ScriptArguments.project(identity);
    }

    /** In characters, more or less. */
    int weight() {
        return RefreshingCache.weight(deployment.asMap().keySet())
                + RefreshingCache.weight(deployment.asMap().values());
    }
}
