package io.jenkins.plugins.octopod.scripts;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.io.Serializable;
import java.util.List;

/**
 * One script that is to be asked, among many.
 *
 * @param id by which its answer is known; unique among those that are asked together
 * @param arguments that follow those that all have in common
 */
public record ScriptQuestion(String id, ControlScript script, List<String> arguments) implements Serializable {}
