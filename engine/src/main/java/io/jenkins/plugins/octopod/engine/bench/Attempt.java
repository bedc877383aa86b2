package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.util.List;

/**
 * One run of a script.
 *
 * @param script script whose file was run
 * @param command path of the file, and arguments
 * @param leftRunning command lines of the processes that it left running; empty for scripts that may leave some
 */
record Attempt(ControlScript script, List<String> command, ScriptResult result, List<String> leftRunning) {}
