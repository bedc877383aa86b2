package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs the four config scripts and {@code tags} on the agent. Blocks. A missing script has an empty result. */
public final class ConfigScripts {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private ConfigScripts() {}

    /**
     * Returns the default values that {@code deployment_config} or {@code application_config} prints.
     *
     * @throws ScriptFailureException if the script fails, or its output is invalid or contains a secret
     */
    public static Configuration defaults(AgentScripts scripts, ControlScript script, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        if (!scripts.has(script)) {
            return Configuration.EMPTY;
        }
        try {
            return ScriptOutputCsv.configuration(
                    script, stdout(script, scripts.askForRows(script, arguments, TIMEOUT)));
        } catch (UnreadableOutputException e) {
            throw new ScriptFailureException(e.getMessage());
        }
    }

    /**
     * Returns the keys that {@code deployment_config_keys} or {@code application_config_keys} prints.
     *
     * @throws ScriptFailureException if the script fails
     */
    public static List<String> keys(AgentScripts scripts, ControlScript script, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        return scripts.has(script)
                ? ScriptOutputCsv.keys(stdout(script, scripts.ask(script, arguments, TIMEOUT)))
                : List.of();
    }

    /**
     * Returns the tags that {@code tags} prints.
     *
     * @throws ScriptFailureException if the script fails, or its output is invalid or contains a secret
     */
    public static List<SuggestedTag> tags(AgentScripts scripts, ControlScript script, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        if (!scripts.has(script)) {
            return List.of();
        }
        try {
            return ScriptOutputCsv.tags(stdout(script, scripts.askForRows(script, arguments, TIMEOUT)));
        } catch (UnreadableOutputException e) {
            throw new ScriptFailureException(e.getMessage());
        }
    }

    private static String stdout(ControlScript script, ScriptResult result) throws ScriptFailureException {
        if (!result.isSuccess()) {
            throw new ScriptFailureException(ScriptFailureMessages.failure(script, result, TIMEOUT));
        }
        if (result.truncated()) {
            throw new ScriptFailureException(Messages.ConfigScripts_tooLong(script));
        }
        return result.stdout();
    }
}
