package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls the scripts as Jenkins does: with the full configuration, what they print as defaults and over it overrides. */
final class HelmScripts {

    static final Path DIRECTORY = Path.of("../scripts/helm").toAbsolutePath().normalize();
    static final Path CHART =
            Path.of("src/test/resources/charts/shop").toAbsolutePath().normalize();
    static final ProjectIdentity PROJECT = new ProjectIdentity("shop", "staging.example.com", Controllers.NAMESPACE);

    /** The exit status of a script that a signal has killed, so that it couldn’t remove its files. */
    static final int KILLED = 137;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final ProjectIdentity project;
    private final Path directory;
    private final Path temporary;
    private final Map<String, String> environment = new HashMap<>();

    HelmScripts(Path directory, Path helm) throws IOException {
        this(directory, helm, PROJECT);
    }

    HelmScripts(Path directory, Path helm, ProjectIdentity project) throws IOException {
        this.project = project;
        this.directory = directory;
        this.temporary = Files.createTempDirectory(directory, "tmp");
        environment.put("HELM_BIN", helm.toString());
        environment.put("KUBECTL_BIN", HelmTools.kubectl().toString());
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.put("OCTOPOD_HELM_SETTINGS", directory.resolve("settings").toString());
        environment.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        for (String variable : List.of(
                "XDG_CACHE_HOME",
                "OCTOPOD_HELM_CACHE",
                "OCTOPOD_HELM_TAGS",
                "INGRESS_HOST_KEY",
                "HELM_USER",
                "HELM_CA_FILE")) {
            environment.put(variable, null);
        }
    }

    HelmScripts settings(String... lines) throws IOException {
        Files.write(directory.resolve("settings"), List.of(lines));
        return this;
    }

    HelmScripts variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ScriptResult run(ControlScript script, String name, Overrides deployment, Overrides application) throws Exception {
        Configuration deploymentDefaults = configuration(ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
        Configuration full = deployment.applyTo(deploymentDefaults);
        return run(
                script,
                ScriptArguments.lifecycle(
                        project,
                        StagingName.of(name, StagingName.MAX_LENGTH_LIMIT),
                        application.applyTo(configuration(ControlScript.APPLICATION_CONFIG, full)),
                        full));
    }

    /** What a config script prints. */
    Configuration configuration(ControlScript script, Configuration deployment) throws Exception {
        ScriptResult result = ask(script, deployment);
        if (!result.isSuccess()) {
            throw new AssertionError(script + ": " + result.stdout() + result.stderr());
        }
        return ScriptOutputCsv.configuration(script, result.stdout());
    }

    ScriptResult ask(ControlScript script, Configuration deployment) throws Exception {
        return run(
                script,
                script.arguments() == ControlScript.Arguments.PROJECT
                        ? ScriptArguments.project(project)
                        : ScriptArguments.deployment(project, deployment));
    }

    ScriptResult run(ControlScript script, List<String> arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(DIRECTORY.resolve(script.fileName()).toString()));
        words.addAll(arguments);
        return run(words);
    }

    /** Whatever the script has done, no file of its own is left, unless it was {@linkplain #KILLED killed}. */
    ScriptResult run(List<String> words) throws Exception {
        ScriptResult result = new ScriptRunner(1_000_000).run(new ScriptCommand(words, directory, environment, LIMIT));
        if (result.exitCode() != KILLED) {
            try (Stream<Path> left = Files.list(temporary)) {
                assertEquals(List.of(), left.toList(), words.get(0));
            }
        }
        return result;
    }
}
