package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are emptied, or replaced by a value of a different kind. */
@Tag("helm")
class HelmReplacedValuesTest extends AbstractValuesTest {

    @ParameterizedTest
    @MethodSource("helms")
    void whatIsEmptied(Path helm) throws Exception {
        JsonNode values =
                values(helm, Overrides.of(Map.of("tolerations", "[]", "resources.limits", "{}", "args", "[]")));
        assertValue("[]", values, "/tolerations");
        assertValue("[]", values, "/args");
        assertValue("{}", values, "/resources/limits");
        assertValue("{}", values(helm, Overrides.of(Map.of("args", "{}"))), "/args");
    }

    /** An empty map is part of what takes the place of a list and of a value. */
    @ParameterizedTest
    @MethodSource("helms")
    void anEmptyMapMayBeInWhatReplacesAnotherKind(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                new Overrides.Builder()
                        .remove("env.PHONE")
                        .set("env.PHONE.home", "{}")
                        .remove("hosts[0].host")
                        .remove("hosts[0].paths[0]")
                        .remove("hosts[0].options")
                        .set("hosts.options", "{}")
                        .build());
        assertValue("{'home':{}}", values, "/env/PHONE");
        assertValue("{'options':{}}", values, "/hosts");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aListMayReplaceAMapThatContainsAList(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                new Overrides.Builder()
                        .remove("probe.command[0]")
                        .set("probe[0]", "wget")
                        .build());
        assertValue("['wget']", values, "/probe");
    }
}
