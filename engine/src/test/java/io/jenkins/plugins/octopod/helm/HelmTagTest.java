package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tag that is deployed, and with which {@code check} compares images. */
class HelmTagTest extends AbstractHelmTest {

    private static final String WEB = "orange-web";

    /** As a Pipeline writes a tag of digits only if it keeps the types of its values. */
    @ParameterizedTest
    @MethodSource("helms")
    void theTypeOfATagIsIrrelevant(Path helm) throws Exception {
        use(helm);
        Overrides tag = Overrides.of(Map.of("image.tag", "!!str 1234567"));
        assertTrue(
                scripts.run(ControlScript.CREATE, "orange", tag, Overrides.NONE).isSuccess());
        JsonNode web = cluster.get("apps/v1", "deployments", WEB).at("/spec/template/spec/containers/0");
        assertTrue(web.path("image").asText().endsWith("shop:1234567"), web.toString());
        ScriptResult check = scripts.run(ControlScript.CHECK, "orange", tag, Overrides.NONE);
        assertEquals(0, check.exitCode(), check.stderr());
    }

    /** A pod of the old version can still be ready when the new one serves, and ends by itself. */
    @ParameterizedTest
    @MethodSource("helms")
    void checkLooksAtNoPodThatIsEnding(Path helm) throws Exception {
        use(helm);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().stick();
        Overrides tag = Overrides.of(Map.of("image.tag", "v1"));
        String old = "{'spec': {'containers': [{'name': 'web', 'image': 'registry.example.com/shop:v0'}]}%s}";
        cluster.patch("v1", "pods", WEB + "-0", old.formatted("").replace('\'', '"'));
        assertEquals(
                3,
                scripts.run(ControlScript.CHECK, "orange", tag, Overrides.NONE).exitCode());
        cluster.patch(
                "v1",
                "pods",
                WEB + "-0",
                old.formatted(
                                ", 'metadata': {'deletionTimestamp': '2026-11-30T06:00:00Z', 'finalizers': ['example.com/keep']}")
                        .replace('\'', '"'));
        assertTrue(cluster.names("v1", "pods").contains(WEB + "-0"));
        ScriptResult check = scripts.run(ControlScript.CHECK, "orange", tag, Overrides.NONE);
        assertEquals(0, check.exitCode(), check.stderr());
    }
}
