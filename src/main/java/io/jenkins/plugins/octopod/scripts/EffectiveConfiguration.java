package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.StagingName;
import java.util.List;

/**
 * What a staging is configured with: the scripts' {@link ConfigurationDefaults} with its overrides applied.
 *
 * @param application by {@code application_config} and the application overrides
 * @param deployment by {@code deployment_config} and the deployment overrides
 */
public record EffectiveConfiguration(Configuration application, Configuration deployment) {

    /** What a lifecycle script is told of the staging of that name. */
    public List<String> lifecycleArguments(ProjectIdentity project, StagingName name) {
        return ScriptArguments.lifecycle(project, name, application, deployment);
    }
}
