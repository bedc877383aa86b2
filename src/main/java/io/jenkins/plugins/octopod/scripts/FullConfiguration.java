package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Csv;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a staging is configured with: the scripts' defaults with its overrides applied.
 *
 * @param application by {@code application_config} and the application overrides
 * @param deployment by {@code deployment_config} and the deployment overrides
 */
public record FullConfiguration(Configuration application, Configuration deployment) {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Asks the scripts for their defaults, on the agent; a missing script has none. */
    public static FullConfiguration ask(
            AgentScripts scripts, ProjectIdentity project, Overrides application, Overrides deployment)
            throws IOException, InterruptedException, ScriptFailureException {
        Configuration fullDeployment =
                deployment.over(defaults(scripts, ControlScript.DEPLOYMENT_CONFIG, ScriptArguments.project(project)));
        Configuration fullApplication = application.over(defaults(
                scripts, ControlScript.APPLICATION_CONFIG, ScriptArguments.deployment(project, fullDeployment)));
        return new FullConfiguration(fullApplication, fullDeployment);
    }

    /** What a lifecycle script is told of the staging of that name. */
    public List<String> lifecycleArguments(ProjectIdentity project, StagingName name) {
        return ScriptArguments.lifecycle(project, name, application, deployment);
    }

    private static Configuration defaults(AgentScripts scripts, ControlScript script, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        if (!scripts.has(script)) {
            return Configuration.EMPTY;
        }
        ScriptResult result = scripts.ask(script, arguments, TIMEOUT);
        if (!result.isSuccess()) {
            throw new ScriptFailureException(ScriptSentences.failure(script, result, TIMEOUT));
        }
        if (result.truncated()) {
            throw new ScriptFailureException(Messages.FullConfiguration_tooLong(script));
        }
        try {
            return Csv.configuration(script, result.stdout());
        } catch (UnreadableOutputException e) {
            throw new ScriptFailureException(e.getMessage());
        }
    }
}
