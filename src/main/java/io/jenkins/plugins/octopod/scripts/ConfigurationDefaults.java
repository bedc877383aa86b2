package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import java.io.IOException;

/**
 * Configuration of a staging without overrides, as printed by the config scripts.
 *
 * @param application output of {@code application_config}
 * @param deployment output of {@code deployment_config}
 */
public record ConfigurationDefaults(Configuration application, Configuration deployment) {

    /**
     * Runs the scripts on the agent. Blocks.
     *
     * @param overrides overrides of the deployment, which the application’s default values depend on
     */
    public static ConfigurationDefaults ask(AgentScripts scripts, ProjectIdentity project, Overrides overrides)
            throws IOException, InterruptedException, ScriptFailureException {
        Configuration deployment =
                ConfigScripts.defaults(scripts, ControlScript.DEPLOYMENT_CONFIG, ScriptArguments.project(project));
        Configuration application = ConfigScripts.defaults(
                scripts,
                ControlScript.APPLICATION_CONFIG,
                ScriptArguments.deployment(project, overrides.applyTo(deployment)));
        return new ConfigurationDefaults(application, deployment);
    }

    public EffectiveConfiguration with(Overrides applicationOverrides, Overrides deploymentOverrides) {
        return new EffectiveConfiguration(
                applicationOverrides.applyTo(application), deploymentOverrides.applyTo(deployment));
    }
}
