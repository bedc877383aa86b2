package io.jenkins.plugins.octopod.staging.run;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs {@code config_check} to find out whether a configuration may be deployed. */
@ModuleInternal
public final class ConfigCheck {

    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private ConfigCheck() {}

    /**
     * Returns if the script accepts the configuration, or doesn’t exist.
     *
     * @throws ConfigRefusedException if the script refuses the configuration
     * @throws ScriptFailureException if the script can’t be run, or doesn’t end by itself
     */
    public static void require(AgentScripts scripts, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        if (!scripts.has(ControlScript.CONFIG_CHECK)) {
            return;
        }
        ScriptResult result = scripts.ask(ControlScript.CONFIG_CHECK, arguments, TIMEOUT);
        if (result.isSuccess()) {
            return;
        }
        if (result.end() != ScriptResult.Termination.EXITED) {
            throw new ScriptFailureException(
                    ScriptFailureMessages.failure(ControlScript.CONFIG_CHECK, result, TIMEOUT));
        }
        throw new ConfigRefusedException(
                result.stdout().isBlank()
                        ? ScriptFailureMessages.failure(ControlScript.CONFIG_CHECK, result, TIMEOUT)
                        : result.stdout().strip());
    }
}
