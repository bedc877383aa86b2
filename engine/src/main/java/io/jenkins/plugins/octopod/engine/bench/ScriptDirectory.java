package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.text.ShellQuoting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Directory of control scripts that the bench tests.
 *
 * @param path absolute path of the directory
 */
record ScriptDirectory(Path path) {

    Path file(ControlScript script) {
        return path.resolve(script.fileName());
    }

    /** Returns whether a file with the script's name exists, even if it can't be run. */
    boolean has(ControlScript script) {
        return Files.exists(file(script)) || Files.isSymbolicLink(file(script));
    }

    /** Describes why the file can't be run and how to fix that; empty if it can, or isn't required. */
    Optional<String> problem(ControlScript script) {
        Path file = file(script);
        String name = "“" + script + "”";
        if (!has(script)) {
            return script.isRequired()
                    ? Optional.of(
                            name + " is missing, and every directory of control scripts needs it: write an executable"
                                    + " file “" + file + "”.")
                    : Optional.empty();
        }
        if (!Files.exists(file)) {
            return Optional.of(name + " is a link to a file that doesn’t exist: fix the link, or remove it.");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of(name + " isn’t a file: put an executable file in its place.");
        }
        if (!Files.isExecutable(file)) {
            return Optional.of(
                    name + " isn’t executable: run “chmod +x " + ShellQuoting.of(List.of(file.toString())) + "”.");
        }
        return Optional.empty();
    }
}
