package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Asks the four config scripts, on the agent. Blocks; a missing script has nothing to say. */
public final class ConfigScripts {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private ConfigScripts() {}

    /**
     * The defaults that {@code deployment_config} or {@code application_config} prints.
     *
     * @throws ScriptFailureException if it fails, or what it prints can’t be read or has a secret in it
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
     * The keys that {@code deployment_config_keys} or {@code application_config_keys} prints.
     *
     * @throws ScriptFailureException if it fails
     */
    public static List<String> keys(AgentScripts scripts, ControlScript script, List<String> arguments)
            throws IOException, InterruptedException, ScriptFailureException {
        return scripts.has(script)
                ? ScriptOutputCsv.keys(stdout(script, scripts.ask(script, arguments, TIMEOUT)))
                : List.of();
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
