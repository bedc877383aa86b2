package io.jenkins.plugins.octopod.health;

import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.UnreadableOutputException;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ScriptFailureMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Checks one staging with its scripts. The methods run on an agent and block.
 *
 * @param scripts scripts on the agent
 * @param arguments arguments of lifecycle scripts for the staging
 * @param timeout time limit after which a check is killed
 */
public record StagingProbe(AgentScripts scripts, List<String> arguments, Duration timeout) {

    /**
     * Result of {@code check}.
     *
     * @param result result by the exit code of the script
     * @param sentence reason for a failure, in a sentence; empty if the check succeeded
     */
    public record ProbeResult(CheckResult result, String sentence) {}

    public ProbeResult check() throws IOException, InterruptedException {
        ScriptResult result = scripts.ask(ControlScript.CHECK, arguments, timeout);
        return parse(result, timeout);
    }

    /** Returns the result of a {@code check} that has ended. */
    static ProbeResult parse(ScriptResult result, Duration timeout) {
        if (result.isSuccess()) {
            return new ProbeResult(CheckResult.OK, "");
        }
        CheckResult checkResult = result.end() == ScriptResult.Termination.EXITED
                ? CheckResult.ofExitCode(result.exitCode())
                : CheckResult.GENERIC_FAILURE;
        return new ProbeResult(checkResult, ScriptFailureMessages.failure(ControlScript.CHECK, result, timeout));
    }

    /** Returns whether {@code archive_check} confirms that the staging is archived. */
    public boolean isArchived() throws IOException, InterruptedException {
        return scripts.ask(ControlScript.ARCHIVE_CHECK, arguments, timeout).isSuccess();
    }

    /**
     * Returns the links that {@code info} prints; none if the script is missing.
     *
     * @throws ScriptFailureException if the script fails, or its output is invalid or contains a secret
     */
    public List<StagingLink> links() throws IOException, InterruptedException, ScriptFailureException {
        if (!scripts.has(ControlScript.INFO)) {
            return List.of();
        }
        return links(scripts.askForRows(ControlScript.INFO, arguments, timeout), timeout);
    }

    /** Returns the links of an {@code info} that has ended. */
    static List<StagingLink> links(ScriptResult result, Duration timeout) throws ScriptFailureException {
        if (!result.isSuccess()) {
            throw new ScriptFailureException(ScriptFailureMessages.failure(ControlScript.INFO, result, timeout));
        }
        try {
            return ScriptOutputCsv.links(result.stdout());
        } catch (UnreadableOutputException e) {
            throw new ScriptFailureException(e.getMessage());
        }
    }
}
