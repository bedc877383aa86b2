package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that a chart renders with: those of the chart as it has them, and overrides of the type that they replace. */
@Tag("helm")
class HelmValuesTest extends AbstractValuesTest {

    @ParameterizedTest
    @MethodSource("helms")
    void elementsOfAListKeepTheirTypes(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                new Overrides.Builder()
                        .set("extraEnv[2].value", "blue")
                        .set("extraEnv[3].name", "RETRIES")
                        .set("extraEnv[3].value", "3")
                        .set("receivers[1].name", "slack")
                        .set("hosts[0].host", "b.example.com")
                        .build());
        assertValue(
                "[{'name':'DEBUG','value':'true'},{'name':'PORT','value':'8080'},{'name':'COLOR','value':'blue'},"
                        + "{'name':'RETRIES','value':'3'}]",
                values,
                "/extraEnv");
        assertValue("[{'name':'null'},{'name':'slack'}]", values, "/receivers");
        assertValue("'b.example.com'", values, "/hosts/0/host");
        assertValue("['/']", values, "/hosts/0/paths");
        assertValue("{}", values, "/hosts/0/options");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void removedElementsAreGone(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                new Overrides.Builder()
                        .remove("args[1]")
                        .remove("imagePullSecrets[0].name")
                        .remove("tolerations[0].operator")
                        .remove("resources.limits.cpu")
                        .build());
        assertValue("['--a','--c']", values, "/args");
        assertValue("[]", values, "/imagePullSecrets");
        assertValue("[{'key':'dedicated'}]", values, "/tolerations");
        assertValue("{'memory':'1Gi'}", values, "/resources/limits");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatIsRemovedMayBeReplacedByAnotherKind(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                new Overrides.Builder()
                        .remove("env.PHONE")
                        .set("env.PHONE.home", "+49")
                        .remove("features.beta")
                        .remove("features.alpha")
                        .set("features[0]", "beta")
                        .remove("hosts[0].host")
                        .remove("hosts[0].paths[0]")
                        .remove("hosts[0].options")
                        .set("hosts.host", "a.example.com")
                        .build());
        assertValue("{'home':'+49'}", values, "/env/PHONE");
        assertValue("['beta']", values, "/features");
        assertValue("{'host':'a.example.com'}", values, "/hosts");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anOverrideHasTheTypeOfTheDefault(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                Overrides.of(Map.of(
                        "features.beta", "true",
                        "features.alpha", "true",
                        "env.PHONE", "+4915112345678",
                        "rate", "0.5",
                        "replicas", "3",
                        "podAnnotations.prometheus\\.io/scrape", "true",
                        "facebook.debug", "false",
                        "facebook.version", "1.20",
                        "facebook.port", "8080")));
        assertValue("'true'", values, "/features/beta");
        assertValue("true", values, "/features/alpha");
        assertValue("'+4915112345678'", values, "/env/PHONE");
        assertValue("0.5", values, "/rate");
        assertValue("3", values, "/replicas");
        assertValue("{'prometheus.io/scrape':'true'}", values, "/podAnnotations");
        assertValue("false", values, "/facebook/debug");
        assertValue("'1.20'", values, "/facebook/version");
        assertValue("8080", values, "/facebook/port");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anOverrideHasTheTypeOfTheDefaultOfASubchart(Path helm) throws Exception {
        Overrides overrides = Overrides.of(Map.of(
                "database.port", "3307", "database.ratio", "0.25", "database.users[0].name", "2", "database.new", "3"));
        String expected = "{'enabled':false,'new':3,'port':'3307','ratio':0.25,'users':[{'name':'2'}]}";
        assertValue(expected, values(helm, overrides), "/database");

        pack(helm, CHART, directory);
        Overrides packaged = Overrides.of(
                Map.of("chart_name", directory.resolve("typed-1.0.0.tgz").toString()));
        JsonNode values = new ObjectMapper()
                .readTree(rendered(helm, packaged, overrides).path("values").asText());
        assertValue(expected, values, "/database");
    }

    /** Whatever says that, in whichever notation, and whichever Kubernetes the chart is for. */
    @ParameterizedTest
    @MethodSource("helms")
    void aSubchartThatIsLeftOutHasTypes(Path helm) throws Exception {
        Path chart = Files.createDirectories(directory.resolve("parent"));
        write(chart.resolve("values.yaml"), "tags: {dev: false}\n");
        write(chart.resolve("templates/values.yaml"), VALUES);
        Path linked = directory.resolve("linked");
        Files.createSymbolicLink(
                Files.createDirectories(chart.resolve("charts")).resolve("store"), linked);
        write(linked.resolve("Chart.yaml"), "apiVersion: v2\nname: store\nversion: 1.0.0\n");
        write(linked.resolve("values.yaml"), "port: '3306'\ncolor: \"\\e[31m\"\n");
        String store = "- {name: store, version: 1.0.0, alias: database, condition: database.enabled}\n";
        for (String dependencies : List.of(
                store,
                "- name: store\n  version: 1.0.0\n  alias: database\n  tags:\n  - dev\n",
                "- condition: >-\n    database.enabled,\n    database.wanted\n  name: store\n  version: 1.0.0\n  alias: database\n")) {
            write(
                    chart.resolve("Chart.yaml"),
                    "apiVersion: v2\nname: parent\nversion: 1.0.0\nkubeVersion: '>=1.98.0-0'\ndependencies:\n"
                            + dependencies);
            assertPort(helm, chart);
        }
        write(chart.resolve("Chart.yaml"), "apiVersion: v1\nname: parent\nversion: 1.0.0\n");
        write(chart.resolve("requirements.yaml"), "dependencies:\n" + store);
        assertPort(helm, chart);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void eachVersionOfASubchartHasItsOwnTypes(Path helm) throws Exception {
        Path chart = directory.resolve("parent");
        Path store = directory.resolve("store");
        write(
                chart.resolve("Chart.yaml"),
                """
                apiVersion: v2
                name: parent
                version: 1.0.0
                dependencies:
                - {name: store, version: 1.0.0, alias: old}
                - {name: store, version: 2.0.0, alias: new}
                """);
        write(chart.resolve("templates/values.yaml"), VALUES);
        for (String version : List.of("1.0.0", "2.0.0")) {
            write(store.resolve("Chart.yaml"), "apiVersion: v2\nname: store\nversion: " + version + '\n');
            write(store.resolve("values.yaml"), version.equals("1.0.0") ? "port: '3306'\n" : "port: 3306\n");
            pack(helm, store, chart.resolve("charts"));
        }
        JsonNode values = new ObjectMapper()
                .readTree(rendered(
                                helm,
                                Overrides.of(Map.of("chart_name", chart.toString())),
                                Overrides.of(Map.of("old.port", "3307", "new.port", "3307")))
                        .path("values")
                        .asText());
        assertValue("'3307'", values, "/old/port");
        assertValue("3307", values, "/new/port");
    }

    /** The subchart has its own default then, up to Helm 3.16, and keeps what is global with each Helm. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatASubchartHasIsGoneOrRefused(Path helm) throws Exception {
        Path chart = directory.resolve("parent");
        write(
                chart.resolve("Chart.yaml"),
                "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: store, version: 1.0.0}\n");
        write(chart.resolve("values.yaml"), "global: {region: eu}\nstore: {user: shop, users: [a, b]}\n");
        write(chart.resolve("templates/values.yaml"), VALUES);
        Path store = chart.resolve("charts/store");
        write(store.resolve("Chart.yaml"), "apiVersion: v2\nname: store\nversion: 1.0.0\n");
        write(store.resolve("values.yaml"), "user: root\nusers: [c]\nlimits: {cpu: 2, memory: 1Gi}\n");
        Overrides.Builder removed = new Overrides.Builder().remove("store.users[0]");
        assertStore(
                "{'global':{'region':'eu'},'limits':{'cpu':2,'memory':'1Gi'},'user':'shop','users':['b']}",
                helm,
                chart,
                removed);
        removed.remove("store.user").set("store.limits", "{}");
        if (check(helm, named(chart), removed.build()).isSuccess()) {
            assertStore("{'global':{'region':'eu'},'limits':{},'users':['b']}", helm, chart, removed);
        } else {
            assertKept("store.user", helm, chart, new Overrides.Builder().remove("store.user"));
            assertKept("store.limits.cpu", helm, chart, new Overrides.Builder().set("store.limits", "{}"));
        }
        assertKept("global.region", helm, chart, new Overrides.Builder().remove("global.region"));
    }

    private static Overrides named(Path chart) throws Exception {
        return Overrides.of(Map.of("chart_name", chart.toString()));
    }

    private void assertStore(String json, Path helm, Path chart, Overrides.Builder overrides) throws Exception {
        JsonNode values = new ObjectMapper()
                .readTree(rendered(helm, named(chart), overrides.build())
                        .path("values")
                        .asText());
        assertValue(json, values, "/store");
    }

    private void assertKept(String key, Path helm, Path chart, Overrides.Builder overrides) throws Exception {
        ScriptResult result = check(helm, named(chart), overrides.build());
        assertEquals(1, result.exitCode(), result.stdout());
        assertTrue(result.stdout().startsWith("\"" + key + "\" can't be removed: by Helm v"), result.stdout());
    }

    private void pack(Path helm, Path chart, Path into) throws Exception {
        Process packing = new ProcessBuilder(
                        helm.toString(), "package", chart.toString(), "--destination", into.toString())
                .redirectOutput(directory.resolve("packing").toFile())
                .start();
        assertEquals(0, packing.waitFor());
    }

    private void assertPort(Path helm, Path chart) throws Exception {
        Overrides overrides = Overrides.of(Map.of("database.enabled", "false", "database.port", "3307"));
        Overrides named = Overrides.of(Map.of("chart_name", chart.toString()));
        JsonNode values = new ObjectMapper()
                .readTree(rendered(helm, named, overrides).path("values").asText());
        assertValue("'3307'", values, "/database/port");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Helm writes a number out of JSON with an exponent, if a template prints it as it is. */
    @ParameterizedTest
    @MethodSource("helms")
    void aLargeNumberIsPrintedAsItWasTyped(Path helm) throws Exception {
        JsonNode data = rendered(
                helm, Overrides.NONE, Overrides.of(Map.of("facebook.appId", "1333333337", "list[5].id", "1000680000")));
        assertEquals("1333333337", data.path("appId").asText());
        assertTrue(data.path("values").asText().contains("\"list\":[{\"id\":1000680000}]"), data::toString);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aTypeCanBeNamed(Path helm) throws Exception {
        JsonNode values = values(
                helm,
                Overrides.of(Map.of(
                        "facebook.a", "!!str true",
                        "facebook.b", "!!str !!str",
                        "facebook.c", "!!float 0.5",
                        "facebook.d", "!!seq []",
                        "facebook.e", "!!map {}",
                        "features.beta", "!!bool true",
                        "features.alpha", "!!str no",
                        "rate", "!!int 1",
                        "env.PHONE", "!!null")));
        assertValue("{'a':'true','b':'!!str','c':0.5,'d':[],'e':{}}", values, "/facebook");
        assertValue("true", values, "/features/beta");
        assertValue("'no'", values, "/features/alpha");
        assertValue("1", values, "/rate");
        assertFalse(values.path("env").has("PHONE"), values::toString);
    }

    /** A version and the number of a commit aren't numbers. */
    @ParameterizedTest
    @MethodSource("helms")
    void aTagIsText(Path helm) throws Exception {
        String values = rendered(helm, Overrides.of(Map.of("image.tag", "1234567")), Overrides.NONE)
                .path("values")
                .asText();
        assertTrue(values.contains("\"image\":{\"tag\":\"1234567\"}"), values);
        assertValue("'2.0'", values(helm, Overrides.of(Map.of("image.tag", "2.0"))), "/image/tag");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatCantBeToldIsRefused(Path helm) throws Exception {
        assertRefused(
                "\"a[x]\" can't be read as a key: it must be like name.name or name[0].name, with a backslash before a dot in a name.",
                helm,
                Overrides.of(Map.of("a[x]", "1")));
        assertRefused(
                "\"replicas\" is \"!!int two\": after !!int, there must be a whole number.",
                helm,
                Overrides.of(Map.of("replicas", "!!int two")));
        assertRefused(
                "\"new\" has a value, and \"new.key\" has: only one of them can be set.",
                helm,
                Overrides.parse("new=1\nnew.key=2"));
        assertRefused(
                "\"new.key\" can't be set: what it is part of is a list and a map.",
                helm,
                Overrides.parse("new[0]=1\nnew.key=2"));
    }
}
