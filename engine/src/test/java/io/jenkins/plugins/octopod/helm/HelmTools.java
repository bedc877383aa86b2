package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The real helm and kubectl: as HELM_BIN, HELM3_BIN and KUBECTL_BIN say, or on the PATH. bin/helm looks for the same. */
final class HelmTools {

    private HelmTools() {}

    /** Each that there is; a test is skipped where there is none. */
    static List<Path> helms() {
        Set<Path> helms = new LinkedHashSet<>();
        find("HELM_BIN", "helm").ifPresent(helms::add);
        find("HELM3_BIN", null).ifPresent(helms::add);
        if (helms.isEmpty()) {
            abort("There is no helm on the PATH, nor does HELM_BIN name one.");
        }
        return List.copyOf(helms);
    }

    static Path kubectl() {
        return find("KUBECTL_BIN", "kubectl")
                .orElseGet(() -> abort("There is no kubectl on the PATH, nor does KUBECTL_BIN name one."));
    }

    /** Writes a program that a test puts in the place of one of these. */
    static Path program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made a program.");
        }
        return file;
    }

    /**
     * Writes a program that runs the real one, unless what its arguments match ends it.
     *
     * @param cases branches of a {@code case} of the shell by all arguments
     */
    static Path wrapper(Path file, Path real, String cases) throws IOException {
        return program(
                file,
                """
                #!/bin/sh
                case "$*" in
                    %s
                esac
                exec '%s' "$@"
                """
                        .formatted(cases, real));
    }

    /** By the variable, else by the PATH. */
    static Optional<Path> find(String variable, String program) {
        String named = System.getenv(variable);
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return program == null
                ? Optional.empty()
                : Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, program))
                        .filter(Files::isExecutable)
                        .findFirst();
    }
}
