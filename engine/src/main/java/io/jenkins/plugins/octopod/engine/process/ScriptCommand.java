package io.jenkins.plugins.octopod.engine.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Command to run. Immutable.
 *
 * @param command program and its arguments; no shell reads them
 * @param directory working directory; null for this JVM's
 * @param environment variables that are added to this JVM's environment; a null value removes the variable
 * @param timeout time limit after which the script and all its processes are killed
 */
public record ScriptCommand(List<String> command, Path directory, Map<String, String> environment, Duration timeout) {

    public ScriptCommand {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("no program to run");
        }
        // Map.copyOf refuses null values.
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        Objects.requireNonNull(timeout);
    }
}
