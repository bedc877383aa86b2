package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.util.List;

/**
 * One run of a script.
 *
 * @param script the script whose file was run
 * @param command its path and its arguments
 * @param leftRunning the command lines of the processes it left behind; empty for scripts that may leave some
 */
record Attempt(ControlScript script, List<String> command, ScriptResult result, List<String> leftRunning) {}
