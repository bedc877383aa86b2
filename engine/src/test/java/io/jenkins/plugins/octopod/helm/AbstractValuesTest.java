package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;

/** Renders a chart with values of all types, with the real helm. */
abstract class AbstractValuesTest extends AbstractScriptsTest {

    static final Path CHART =
            Path.of("src/test/resources/charts/typed").toAbsolutePath().normalize();

    /** A template that prints what it was told. */
    static final String VALUES = "kind: ConfigMap\ndata: {values: {{ toJson .Values | quote }}}\n";

    /** Renders the chart with the real helm, and returns the ConfigMap's data. */
    JsonNode rendered(Path helm, Overrides deployment, Overrides application) throws Exception {
        Path manifest = directory.resolve("manifest");
        Path spy = HelmTools.program(
                directory.resolve("helm"),
                "#!/bin/sh\ncase $*:$2 in *lib/values*) ;; template*) '" + helm + "' \"$@\" >'" + manifest
                        + "' && exec cat '" + manifest + "' || exit 1;; esac\nexec '" + helm + "' \"$@\"\n");
        ScriptResult result = check(spy, deployment, application);
        assertTrue(result.isSuccess(), result.stdout() + result.stderr());
        return new YAMLMapper().readTree(manifest.toFile()).path("data");
    }

    ScriptResult check(Path helm, Overrides deployment, Overrides application) throws Exception {
        Path kubectl = HelmTools.program(
                directory.resolve("kubectl"),
                "#!/bin/sh\ncase $1 in version) echo 'Server Version: v1.99.0' ;; esac\n");
        return new HelmScripts(directory, helm)
                .variable("KUBECTL_BIN", kubectl.toString())
                .settings("deployment chart_name=" + CHART, "dry-run no")
                .run(ControlScript.CONFIG_CHECK, "orange", deployment, application);
    }

    JsonNode values(Path helm, Overrides application) throws Exception {
        return new ObjectMapper()
                .readTree(rendered(helm, Overrides.NONE, application)
                        .path("values")
                        .asText());
    }

    /** @param json with single quotes; Helm sorts the keys of a map */
    static void assertValue(String json, JsonNode values, String pointer) {
        assertEquals(json.replace('\'', '"'), values.at(pointer).toString(), pointer);
    }

    void assertRefused(String sentence, Path helm, Overrides application) throws Exception {
        ScriptResult result = check(helm, Overrides.NONE, application);
        assertEquals(1, result.exitCode(), result.stdout());
        assertEquals(sentence, result.stdout().strip());
    }
}
