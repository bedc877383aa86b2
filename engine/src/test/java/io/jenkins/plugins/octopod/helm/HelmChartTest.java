package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the scripts find out of a chart and its repository, without a cluster. */
@Tag("helm")
class HelmChartTest extends AbstractScriptsTest {

    private static final Path TYPED =
            Path.of("src/test/resources/charts/typed").toAbsolutePath().normalize();

    @ParameterizedTest
    @MethodSource("helms")
    void defaultsAreTheChartsValuesAndOverThemWhatIsSettled(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm)
                .settings(
                        "# what everybody gets",
                        "deployment chart_name=" + HelmScripts.CHART,
                        "deployment chart_version=",
                        "application env.GREETING=Hi = there",
                        "application env.NEW=1");
        Configuration deployment = scripts.configuration(ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
        assertEquals(Map.of("chart_name", HelmScripts.CHART.toString(), "chart_version", ""), deployment.asMap());

        Map<String, String> application = scripts.configuration(ControlScript.APPLICATION_CONFIG, deployment)
                .asMap();
        assertEquals("2", application.get("replicas"));
        assertEquals("first\n  second\n", application.get("motd"));
        assertEquals("", application.get("env.EMPTY"));
        assertEquals("Hi = there", application.get("env.GREETING"));
        assertEquals("1", application.get("env.NEW"));
        assertEquals("/", application.get("ingress.hosts[0].paths[0]"));
        assertEquals("8m", application.get("ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/proxy-body-size"));
        assertFalse(application.containsKey("extra"));

        List<String> keys = ScriptOutputCsv.keys(
                scripts.ask(ControlScript.APPLICATION_CONFIG_KEYS, deployment).stdout());
        assertTrue(keys.containsAll(List.of("extra", "ingress.tls", "image.tag", "env.GREETING")), keys::toString);
        assertTrue(ScriptOutputCsv.keys(scripts.ask(ControlScript.DEPLOYMENT_CONFIG_KEYS, deployment)
                        .stdout())
                .containsAll(List.of("chart_name", "chart_repo_url", "chart_version", "image.tag")));
    }

    /** That of the tests, so that they prove something, and the one that turns values into lines, which is no object. */
    @ParameterizedTest
    @MethodSource("helms")
    void helmFindsNothingWrongWithTheCharts(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        for (Path chart : List.of(HelmScripts.CHART, HelmScripts.DIRECTORY.resolve("lib/values"))) {
            ScriptResult lint = scripts.run(List.of(helm.toString(), "lint", chart.toString()));
            assertTrue(lint.isSuccess(), lint.stdout() + lint.stderr());
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aCredentialIsForTheEnvironment(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        Configuration deployment = Overrides.of(Map.of(
                        "chart_name", "shop",
                        "chart_repo_url", "https://charts.example.com",
                        "chart_repo_user", "octopod",
                        "chart_repo_pass", "credentials:charts"))
                .applyTo(Configuration.EMPTY);
        ScriptResult refused = scripts.ask(ControlScript.APPLICATION_CONFIG, deployment);
        assertFalse(refused.isSuccess());
        String said = refused.stdout() + refused.stderr();
        assertTrue(said.contains("bind it to HELM_USER and HELM_PASS"), said);
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aChartIsGotOnceUntilItIsOld(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            Configuration deployment = deployment(repository, "chart_version", "1.2.3");
            assertTrue(scripts.configuration(ControlScript.APPLICATION_CONFIG, deployment)
                    .asMap()
                    .containsKey("replicas"));
            int requests = repository.requests();
            assertTrue(requests > 0);
            scripts.configuration(ControlScript.APPLICATION_CONFIG, deployment);
            assertEquals(requests, repository.requests());

            age();
            for (int i = 0; i < 2; i++) {
                assertTrue(scripts.configuration(ControlScript.APPLICATION_CONFIG, deployment)
                        .asMap()
                        .containsKey("replicas"));
            }
            assertEquals(2 * requests, repository.requests());
        }
    }

    /** As a Pipeline writes them that keeps the types of its values. */
    @ParameterizedTest
    @MethodSource("helms")
    void typesOfDeploymentKeysAreIrrelevant(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            for (String version : List.of("!!str 1.2.3", "!!int 1", "!!float 1.2", "!!str", "!!null")) {
                assertTrue(
                        scripts.configuration(
                                        ControlScript.APPLICATION_CONFIG,
                                        deployment(repository, "chart_version", version))
                                .asMap()
                                .containsKey("replicas"),
                        version);
            }
        }
    }

    /** As of each build’s own version. */
    @ParameterizedTest
    @MethodSource("helms")
    void aChartThatNobodyGetsAnyMoreIsRemoved(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            for (String version : List.of("1.2.3", "^1.2", ">=1.0")) {
                scripts.configuration(
                        ControlScript.APPLICATION_CONFIG, deployment(repository, "chart_version", version));
                try (Stream<Path> kept = Files.list(directory.resolve(".cache/octopod-helm"))) {
                    assertEquals(2, kept.count());
                }
                age();
            }
        }
    }

    /** Makes all that is kept look as if it was got long ago. */
    private void age() throws IOException {
        try (Stream<Path> kept = Files.walk(directory.resolve(".cache"))) {
            for (Path file : kept.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void credentialsOpenARepositoryAndAreSeenNowhere(Path helm) throws Exception {
        Path arguments = directory.resolve("arguments");
        Path spy = HelmTools.program(
                directory.resolve("helm"),
                "#!/bin/sh\nprintf '%s ' \"$@\" >>'" + arguments + "'\nexec '" + helm + "' \"$@\"\n");
        HelmScripts scripts = new HelmScripts(directory, spy);
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            repository.askForPassword("ann", "s3cret");
            ScriptResult without = scripts.ask(ControlScript.APPLICATION_CONFIG, deployment(repository));
            assertFalse(without.isSuccess());
            assertTrue(lastLine(without.stderr()).startsWith("chart_repo_url: " + repository.url() + " can't be read"));

            Configuration own = deployment(repository, "chart_repo_user", "ann", "chart_repo_pass", "s3cret");
            assertTrue(scripts.ask(ControlScript.APPLICATION_CONFIG, own).isSuccess());
            try (Stream<Path> kept = Files.list(directory.resolve(".cache/octopod-helm"))) {
                assertEquals(List.of(), kept.toList());
            }

            // Those of the agent are for the usual repository only.
            scripts.variable("HELM_USER", "ann").variable("HELM_PASS", "s3cret");
            assertFalse(scripts.ask(ControlScript.APPLICATION_CONFIG, deployment(repository))
                    .isSuccess());
            scripts.settings("deployment chart_repo_url=" + repository.url());
            assertTrue(scripts.ask(ControlScript.APPLICATION_CONFIG, deployment(repository))
                    .isSuccess());
            assertFalse(Files.readString(arguments).contains("s3cret"));
            try (Stream<Path> left = Files.walk(directory)) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    assertFalse(
                            Files.readString(file, StandardCharsets.ISO_8859_1).contains("s3cret"), file::toString);
                }
            }
        }
    }

    /** Projects whose scripts run on one agent share the charts that are kept there. */
    @ParameterizedTest
    @MethodSource("helms")
    void aKeptChartIsForThoseWhoKnowThePassword(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm).variable("HELM_USER", "ann");
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            repository.askForPassword("ann", "s3cret");
            scripts.settings("deployment chart_repo_url=" + repository.url());
            Configuration deployment = deployment(repository);
            scripts.variable("HELM_PASS", "s3cret");
            assertTrue(scripts.ask(ControlScript.APPLICATION_CONFIG, deployment).isSuccess());
            int requests = repository.requests();
            assertTrue(scripts.ask(ControlScript.APPLICATION_CONFIG, deployment).isSuccess());
            assertEquals(requests, repository.requests(), "the chart is kept");

            scripts.variable("HELM_PASS", "guess");
            ScriptResult other = scripts.ask(ControlScript.APPLICATION_CONFIG, deployment);
            assertFalse(other.isSuccess(), other.stdout());
            assertTrue(lastLine(other.stderr()).contains("can't be read"), other.stderr());
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatCantBeIsRefusedInASentenceThatNamesTheKey(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            assertRefused("chart_name is missing: say which chart to deploy.", scripts, Map.of());
            assertRefused(
                    "chart_version: there is no version \"9\" of the chart \"shop\" in " + repository.url() + ".\n",
                    scripts,
                    deployment(repository, "chart_version", "9").asMap());
            assertRefused(
                    "chart_name: there is no chart \"shap\" in " + repository.url() + ".\n",
                    scripts,
                    deployment(repository, "chart_name", "shap").asMap());
            assertRefused(
                    "chart_repo_url is \"--help\": it must begin with https://, http:// or oci://.",
                    scripts,
                    deployment(repository, "chart_repo_url", "--help").asMap());
            assertRefused(
                    "chart_repo_url: http://127.0.0.1:1 can't be read as a repository of charts: ",
                    scripts,
                    deployment(repository, "chart_repo_url", "http://127.0.0.1:1")
                            .asMap());
            assertRefused(
                    "chart_name is \"-x\": the name of a chart can't begin with a dash.",
                    scripts,
                    Map.of("chart_name", "-x"));

            scripts.settings(
                    "deployment chart_name=shop", "deployment chart_repo_url=" + repository.url(), "locked chart_name");
            assertRefused(
                    "chart_name is \"other\": stagings of this project can't have another one than \"shop\".",
                    scripts,
                    deployment(repository, "chart_name", "other").asMap());
            assertFalse(ScriptOutputCsv.keys(scripts.ask(ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY)
                            .stdout())
                    .contains("chart_name"));

            Overrides twenty = Overrides.of(Map.of("replicas", "20"));
            ScriptResult result = scripts.run(ControlScript.CONFIG_CHECK, "orange", Overrides.NONE, twenty);
            assertEquals(1, result.exitCode());
            assertTrue(
                    result.stdout().startsWith("The chart \"shop\" can't be rendered with this configuration:\n")
                            && result.stdout().contains("replicas"),
                    result.stdout());
            assertEquals("", result.stderr());
            assertEquals(
                    0,
                    scripts.run(ControlScript.CONFIG_CHECK, "orange", Overrides.NONE, Overrides.NONE)
                            .exitCode());
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void initSaysWhatIsMissingAndGetsTheUsualChart(Path helm) throws Exception {
        HelmScripts scripts = new HelmScripts(directory, helm);
        assertTrue(scripts.run(ControlScript.INIT, List.of()).isSuccess());
        try (ChartRepository repository = new ChartRepository(helm, directory.resolve("repository"))) {
            scripts.settings("deployment chart_name=shop", "deployment chart_repo_url=" + repository.url());
            ScriptResult result = scripts.run(ControlScript.INIT, List.of());
            assertTrue(result.isSuccess() && result.stdout().endsWith("The chart shop is there\n"), result.stdout());
            int requests = repository.requests();
            scripts.configuration(
                    ControlScript.APPLICATION_CONFIG,
                    scripts.configuration(ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY));
            assertEquals(requests, repository.requests());
        }
        scripts.variable("HELM_BIN", "no-helm");
        ScriptResult result = scripts.run(ControlScript.INIT, List.of());
        assertEquals(1, result.exitCode());
        assertTrue(
                result.stderr().startsWith("There is no \"no-helm\" on this machine: install Helm"), result.stderr());
    }

    private static void assertRefused(String sentence, HelmScripts scripts, Map<String, String> deployment)
            throws Exception {
        List<String> arguments = ScriptArguments.lifecycle(
                HelmScripts.PROJECT, StagingName.of("orange", 16), Configuration.EMPTY, Configuration.of(deployment));
        ScriptResult result = scripts.run(ControlScript.CONFIG_CHECK, arguments);
        assertEquals(1, result.exitCode());
        assertTrue(result.stdout().startsWith(sentence), result.stdout());
        assertEquals(1, result.stdout().lines().count(), result.stdout());
    }

    /** The chart in that repository, and more or other keys. */
    private static Configuration deployment(ChartRepository repository, String... more) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("chart_name", "shop");
        values.put("chart_repo_url", repository.url());
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return Configuration.of(values);
    }

    private static String lastLine(String text) {
        return text.strip().replaceFirst("(?s).*\n", "");
    }

    /** The cluster is a program that says what kubectl would; it was tried on a real one. */
    @ParameterizedTest
    @MethodSource("helms")
    void aChartMayAskForTheKindsOfTheCluster(Path helm) throws Exception {
        Path kubectl = HelmTools.program(
                directory.resolve("kubectl"),
                "#!/bin/sh\ncase $1 in version) echo 'Server Version: v1.36.2' ;;"
                        + " api-resources) echo 'widgets wd example.com/v1 true Widget'; exit 1 ;; esac\n");
        for (String there : List.of("example.com/v1", "example.com/v1/Widget")) {
            ScriptResult result = checkOn(kubectl, helm, there);
            assertTrue(result.isSuccess(), result.stdout() + result.stderr());
        }
        ScriptResult refused = checkOn(kubectl, helm, "example.com/v2");
        assertTrue(refused.stdout().contains("install example.com/v2 first"), refused.stdout());
    }

    private ScriptResult checkOn(Path kubectl, Path helm, String needed) throws Exception {
        return new HelmScripts(directory, helm)
                .settings("deployment chart_name=" + TYPED)
                .variable("KUBECTL_BIN", kubectl.toString())
                .run(ControlScript.CONFIG_CHECK, "orange", Overrides.NONE, Overrides.of(Map.of("needs", needed)));
    }
}
