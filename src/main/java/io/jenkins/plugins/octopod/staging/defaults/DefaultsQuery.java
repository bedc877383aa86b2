package io.jenkins.plugins.octopod.staging.defaults;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.util.List;

/**
 * Cache key: a config script and everything that its output depends on. If one of these settings changes, the key
 * differs.
 *
 * @param project full name of the project
 * @param identity project identity that the scripts get
 * @param tool name of the control scripts; {@code null} for the only ones that exist
 * @param label label of the agents; {@code null} for any agent
 * @param script config script to run
 * @param deployment effective configuration of the deployment; empty for scripts that do not get it
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

    /** Returns the approximate size in characters. */
    int weight() {
        return RefreshingCache.weight(deployment.asMap().keySet())
                + RefreshingCache.weight(deployment.asMap().values());
    }
}
