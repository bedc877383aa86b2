package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.helm.OciRegistry.Asks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repositories and registries that ask who one is, and what is said where they refuse. */
@Tag("helm")
class HelmRepositoryTest extends AbstractScriptsTest {

    private static final String BIND = " Bind them to HELM_USER and HELM_PASS in the project's settings.";

    private Path repositories;

    @BeforeEach
    void makeRoom() throws Exception {
        repositories = Files.createDirectories(directory.resolve("repositories"));
    }

    private HelmScripts scripts(Path helm) throws Exception {
        return new HelmScripts(Files.createDirectories(directory.resolve("agent")), helm)
                .variable("HELM_PASS", "s3cret")
                // Each is got anew, but for the test that is about that.
                .variable("OCTOPOD_HELM_CACHE", "/dev/null");
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aPasswordGoesToAnotherHostOnlyWhereThatIsSaid(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm).variable("HELM_USER", "ann");
        try (ChartRepository index = new ChartRepository(helm, repositories.resolve("index"));
                ChartRepository charts = new ChartRepository(helm, repositories.resolve("charts"))) {
            index.askForPassword("ann", "s3cret");
            index.chartsAreAt(charts.url());
            String usual = "deployment chart_repo_url=" + index.url();
            scripts.settings(usual);
            assertGot(scripts, index.url());
            assertFalse(charts.wasSentPassword());

            charts.askForPassword("ann", "s3cret");
            String refused = "chart_repo_url: the chart \"shop\" can't be got from " + index.url() + ": " + charts.url()
                    + ", where its index has the chart, ";
            assertRefused(
                    refused + "asks for a user and a password (401), and gets those of " + index.url()
                            + " only if an administrator lets them be passed on.",
                    scripts,
                    index.url());
            assertFalse(charts.wasSentPassword());

            scripts.settings(usual, "pass-credentials yes");
            assertGot(scripts, index.url());
            assertTrue(charts.wasSentPassword());

            charts.askForPassword("ann", "another");
            assertRefused(refused + "doesn't take the user \"ann\" with this password (401).", scripts, index.url());
            charts.askForPassword("ann", "s3cret");
            charts.refuse(404);
            assertRefused(
                    "chart_repo_url: the chart \"shop\" can't be got from " + index.url()
                            + ": its index says that the chart is at " + charts.url()
                            + "/shop-1.2.3.tgz, and there is none (404).",
                    scripts,
                    index.url());

            scripts.settings(usual, "pass-credentials sometimes");
            ScriptResult unclear = ask(scripts, index.url());
            assertTrue(unclear.stderr().contains("\"pass-credentials sometimes\""), unclear.stderr());
        }
    }

    /** It is for the usual repository: what a staging names is none to trust with more than its own password. */
    @ParameterizedTest
    @MethodSource("helms")
    void anotherRepositorysPasswordIsNotPassedOn(Path helm) throws Exception {
        try (ChartRepository index = new ChartRepository(helm, repositories.resolve("index"));
                ChartRepository charts = new ChartRepository(helm, repositories.resolve("charts"))) {
            index.chartsAreAt(charts.url());
            HelmScripts scripts =
                    scripts(helm).settings("deployment chart_repo_url=" + charts.url(), "pass-credentials yes");
            Map<String, String> own = Map.of("chart_repo_user", "ann", "chart_repo_pass", "s3cret");
            ScriptResult result = ask(scripts, index.url(), own);
            assertTrue(result.isSuccess(), result.stderr());
            assertTrue(index.wasSentPassword());
            assertFalse(charts.wasSentPassword());
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void anAuthorityOfItsOwnIsNamedByItsFile(Path helm) throws Exception {
        TestCertificate certificate = new TestCertificate(repositories, "right");
        TestCertificate other = new TestCertificate(repositories, "wrong");
        HelmScripts scripts = scripts(helm);
        try (ChartRepository repository = new ChartRepository(helm, repositories.resolve("charts"), certificate)) {
            String usual = "deployment chart_repo_url=" + repository.url();
            String host = repository.url().substring("https://".length());
            String refused = "chart_repo_url: " + repository.url() + " can't be read as a repository of charts: ";
            String unknown =
                    refused + "this machine doesn't know the authority that has signed the certificate of " + host;
            scripts.settings(usual);
            assertRefused(
                    unknown
                            + ". Bind the file with the certificate of that authority to HELM_CA_FILE in the project's settings.",
                    scripts,
                    repository.url());

            scripts.settings(usual, "ca-file " + certificate.file());
            assertGot(scripts, repository.url());
            scripts.variable("HELM_CA_FILE", other.file().toString());
            assertRefused(
                    refused + "no authority in " + other.file() + " has signed the certificate of " + host + ".",
                    scripts,
                    repository.url());
            Path text = Files.writeString(repositories.resolve("text"), "hello");
            scripts.variable("HELM_CA_FILE", text.toString());
            assertRefused(refused + "there is no certificate in PEM in " + text + ".", scripts, repository.url());
            scripts.variable("HELM_CA_FILE", repositories.resolve("none").toString());
            assertRefused(
                    "The file " + repositories.resolve("none")
                            + ", which is to have the authorities of the repository of charts, can't be read on this machine.",
                    scripts,
                    repository.url());
            scripts.settings(usual).variable("HELM_CA_FILE", certificate.file().toString());
            assertGot(scripts, repository.url());

            scripts.settings();
            assertRefused(unknown + ".", scripts, repository.url());
        }
    }

    /** Projects whose scripts run on one agent share the charts that are kept there. */
    @ParameterizedTest
    @MethodSource("helms")
    void aKeptChartIsForThoseWhoTrustTheSameAuthority(Path helm) throws Exception {
        TestCertificate certificate = new TestCertificate(repositories, "right");
        HelmScripts scripts = scripts(helm).variable("OCTOPOD_HELM_CACHE", null);
        try (ChartRepository repository = new ChartRepository(helm, repositories.resolve("charts"), certificate)) {
            String usual = "deployment chart_repo_url=" + repository.url();
            scripts.settings(usual, "ca-file " + certificate.file());
            assertGot(scripts, repository.url());
            int requests = repository.requests();
            assertGot(scripts, repository.url());
            assertEquals(requests, repository.requests(), "the chart is kept");
            scripts.settings(usual);
            assertFalse(ask(scripts, repository.url()).isSuccess());
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void eachRefusalOfARepositoryIsASentence(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm);
        try (ChartRepository repository = new ChartRepository(helm, repositories.resolve("charts"))) {
            String refused = "chart_repo_url: " + repository.url() + " can't be read as a repository of charts: ";
            String usual = "deployment chart_repo_url=" + repository.url();
            repository.refuse(403);
            assertRefused(
                    refused
                            + "it doesn't let all users read this (403). Give a user and a password in chart_repo_user and chart_repo_pass.",
                    scripts,
                    repository.url());
            repository.refuse(0);
            repository.askForPassword("ann", "s3cret");
            scripts.settings(usual);
            assertRefused(refused + "it asks for a user and a password (401)." + BIND, scripts, repository.url());
            scripts.settings();
            assertRefused(
                    refused
                            + "it asks for a user and a password (401). Give them in chart_repo_user and chart_repo_pass.",
                    scripts,
                    repository.url());
            scripts.settings(usual).variable("HELM_USER", "bob");
            assertRefused(
                    refused + "it doesn't take the user \"bob\" with this password (401).", scripts, repository.url());
            scripts.variable("HELM_USER", "ann");
            repository.refuse(403);
            assertRefused(
                    refused
                            + "it doesn't let the user \"ann\" read this (403). Give that account the right to read there.",
                    scripts,
                    repository.url());
            repository.refuse(404);
            assertRefused(
                    refused + "there is no index.yaml (404). Say the address in which the repository has it.",
                    scripts,
                    repository.url());
            repository.refuse(503);
            assertRefused(
                    refused + "it has a problem of its own (503 Service Unavailable). Try again later.",
                    scripts,
                    repository.url());
            repository.refuse(0);
            for (String index : List.of("<html><p a: b>: c</html>\n a:", "hello", "", "entries: {}")) {
                repository.index(index);
                ScriptResult result = ask(scripts, repository.url());
                assertTrue(
                        result.stderr().startsWith(refused + "its index.yaml is none of a repository of charts ("),
                        index + result.stderr());
            }
            assertRefused(
                    "chart_repo_url: http://127.0.0.1:1 can't be read as a repository of charts: it can't be reached (connection refused).",
                    scripts,
                    "http://127.0.0.1:1");
        }
    }

    /** What was there when the configuration was checked may be gone, or no longer kept on this machine. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatDeploysTellsTheRefusalAsWell(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm);
        try (ChartRepository repository = new ChartRepository(helm, repositories.resolve("charts"))) {
            repository.askForPassword("ann", "s3cret");
            List<String> arguments = ScriptArguments.lifecycle(
                    HelmScripts.PROJECT,
                    StagingName.of("orange", StagingName.MAX_LENGTH_LIMIT),
                    Configuration.EMPTY,
                    Configuration.of(Map.of("chart_name", "shop", "chart_repo_url", repository.url())));
            for (ControlScript script : List.of(ControlScript.CREATE, ControlScript.UPDATE, ControlScript.UNARCHIVE)) {
                ScriptResult result = scripts.run(script, arguments);
                assertFalse(result.isSuccess(), result.stdout());
                assertEquals(
                        "chart_repo_url: " + repository.url()
                                + " can't be read as a repository of charts: it asks for a user and a password (401)."
                                + " Give them in chart_repo_user and chart_repo_pass.\n",
                        result.stderr(),
                        script::toString);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aRegistryLetsThoseInWhoLogIn(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm).variable("HELM_USER", "ann");
        try (ChartRepository packaged = new ChartRepository(helm, repositories.resolve("charts"));
                OciRegistry registry = new OciRegistry(
                        Asks.PASSWORD, repositories.resolve("charts/shop-1.2.3.tgz"), "1.2.3", "ann", "s3cret")) {
            String url = "oci://" + registry.host() + "/charts";
            String usual = "deployment chart_repo_url=" + url;
            String refused = "chart_repo_url: " + url + " can't be read as a registry of charts: ";
            scripts.settings(usual, "plain-http yes");
            assertGot(scripts, url);
            for (String version : List.of("1.2.3", "^1.2")) {
                ScriptResult result = ask(scripts, url, Map.of("chart_version", version));
                assertTrue(result.isSuccess(), result.stderr());
            }
            try (Stream<Path> left = Files.walk(directory.resolve("agent"))) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    assertFalse(Files.readString(file).contains("YW5uOnMzY3JldA"), file::toString);
                }
            }
            ScriptResult version = ask(scripts, url, Map.of("chart_version", "9.0.0"));
            assertTrue(
                    version.stderr()
                            .startsWith("chart_version: there is no version \"9.0.0\" of the chart \"shop\" in " + url
                                    + ".\n"),
                    version.stderr());
            ScriptResult name = ask(scripts, url, Map.of("chart_name", "shap"));
            assertTrue(
                    name.stderr().startsWith("chart_name: there is no chart \"shap\" in " + url + ".\n"),
                    name.stderr());

            String denied = "oci://" + registry.host() + "/denied";
            scripts.settings("deployment chart_repo_url=" + denied, "plain-http yes");
            assertRefused(
                    "chart_repo_url: the chart \"shop\" can't be got from " + denied
                            + ": it doesn't let the user \"ann\" read this (403). Give that account the right to read there.",
                    scripts,
                    denied);
            scripts.settings(usual, "plain-http yes").variable("HELM_PASS", "another");
            assertRefused(refused + "it doesn't take the user \"ann\" with this password (401).", scripts, url);
            scripts.variable("HELM_USER", null);
            assertRefused(
                    "chart_repo_url: the chart \"shop\" can't be got from " + url
                            + ": it asks for a user and a password (401)." + BIND,
                    scripts,
                    url);
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aRegistryThatAsksForATokenLetsThoseInWhoLogIn(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm).variable("HELM_USER", "ann");
        try (ChartRepository packaged = new ChartRepository(helm, repositories.resolve("charts"));
                OciRegistry registry = new OciRegistry(
                        Asks.TOKEN, repositories.resolve("charts/shop-1.2.3.tgz"), "1.2.3", "ann", "s3cret")) {
            String url = "oci://" + registry.host() + "/charts";
            scripts.settings("deployment chart_repo_url=" + url, "plain-http yes");
            assertGot(scripts, url);
            scripts.variable("HELM_PASS", "another");
            assertRefused(
                    "chart_repo_url: " + url
                            + " can't be read as a registry of charts: it doesn't take the user \"ann\" with this password (401).",
                    scripts,
                    url);
            scripts.variable("HELM_USER", null);
            assertRefused(
                    "chart_repo_url: the chart \"shop\" can't be got from " + url
                            + ": it asks for a user and a password (401)." + BIND,
                    scripts,
                    url);
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aHelmThatIsTooOldForPlainHttpIsASentence(Path helm) throws Exception {
        String url = "oci://127.0.0.1:1/c";
        String old = "registry*--plain-http*) echo 'Error: unknown flag: --plain-http' >&2; exit 1 ;;";
        HelmScripts scripts = scripts(HelmTools.wrapper(repositories.resolve("old"), helm, old));
        scripts.variable("HELM_USER", "ann").settings("deployment chart_repo_url=" + url, "plain-http yes");
        String refused =
                "chart_repo_url: %s can't be read as a registry of charts: this version of Helm can't log in to a registry"
                        + " without TLS. Install Helm 3.18 or a newer one on the agent.";
        assertRefused(refused.formatted(url), scripts, url);
    }

    /** Java's own server would wait for the end of a line. */
    @ParameterizedTest
    @MethodSource("helms")
    void aServerWithoutTlsIsASentence(Path helm) throws Exception {
        HelmScripts scripts = scripts(helm).variable("HELM_USER", "ann");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> sayBadRequest(server));
            thread.setDaemon(true);
            thread.start();
            String host = "127.0.0.1:" + server.getLocalPort();
            assertRefused(
                    "chart_repo_url: https://" + host + " can't be read as a repository of charts: " + host
                            + " speaks HTTP and not HTTPS. Say http:// if that is right.",
                    scripts,
                    "https://" + host);
            scripts.settings("deployment chart_repo_url=oci://" + host + "/charts");
            assertRefused(
                    "chart_repo_url: oci://" + host + "/charts can't be read as a registry of charts: " + host
                            + " speaks HTTP and not HTTPS. If that is right, an administrator allows plain HTTP.",
                    scripts,
                    "oci://" + host + "/charts");
        }
    }

    private static void sayBadRequest(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[10_000]);
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The test is over, or helm has had enough.
            }
        }
    }

    private static void assertGot(HelmScripts scripts, String url) throws Exception {
        ScriptResult result = ask(scripts, url);
        assertTrue(result.isSuccess(), result.stderr());
        assertTrue(result.stdout().contains("replicas,2"), result.stdout());
    }

    private static void assertRefused(String sentence, HelmScripts scripts, String url) throws Exception {
        ScriptResult result = ask(scripts, url);
        assertFalse(result.isSuccess(), result.stdout());
        assertEquals(sentence + "\n", result.stderr());
    }

    private static ScriptResult ask(HelmScripts scripts, String url) throws Exception {
        return ask(scripts, url, Map.of());
    }

    private static ScriptResult ask(HelmScripts scripts, String url, Map<String, String> more) throws Exception {
        Map<String, String> values = new LinkedHashMap<>(Map.of("chart_name", "shop", "chart_repo_url", url));
        values.putAll(more);
        return scripts.ask(ControlScript.APPLICATION_CONFIG, Configuration.of(values));
    }
}
