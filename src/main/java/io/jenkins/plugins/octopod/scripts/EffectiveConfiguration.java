package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.StagingName;
import java.util.List;

/**
 * Configuration of a staging: the scripts’ {@link ConfigurationDefaults} with the staging’s overrides applied.
 *
 * @param application output of {@code application_config} with the application overrides applied
 * @param deployment output of {@code deployment_config} with the deployment overrides applied
 */
public record EffectiveConfiguration(Configuration application, Configuration deployment) {

    /** Returns the arguments of a lifecycle script for the staging with the given name. */
    public List<String> lifecycleArguments(ProjectIdentity project, StagingName name) {
        return ScriptArguments.lifecycle(project, name, application, deployment);
    }
}
