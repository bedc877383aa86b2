package io.jenkins.plugins.octopod.engine.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to run. Immutable.
 *
 * @param command the program and its arguments; no shell reads them
 * @param directory where it runs; null to inherit this JVM's
 * @param environment added to the environment of this JVM; a null value removes the variable
 * @param timeout after this long the script and all it has started are killed
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
