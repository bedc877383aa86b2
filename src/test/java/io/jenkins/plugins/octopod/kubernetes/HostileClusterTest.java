package io.jenkins.plugins.octopod.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ClusterObjects;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.HostileServer;
import io.jenkins.plugins.octopod.fixtures.HostileServer.Answer;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Attacks with a server that somebody who may configure a project names as the cluster’s: it can’t exhaust the controller, and
 * through it nobody reads what other servers answer.
 */
@WithSharedJenkins
class HostileClusterTest {

    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"33\",\"gitVersion\":\"v1.33.1\"}";
    private static final String JSON = "application/json";
    private static final String TOO_LARGE = "The cluster sends more than Jenkins keeps in memory for it.";

    /** What the controller reads of one answer at most, and what is on its way then. */
    private static final long BOUND = 24L << 20;

    @TempDir
    private Path scripts;

    private JenkinsRule jenkins;
    private TestProject project;
    private Visitor visitor;
    private HostileServer server;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = TestProject.withScripts(
                rule,
                new ScriptDirectory(scripts).with(ControlScript.CHECK, "exit 0").path());
        visitor = Visitor.anonymous(rule);
    }

    @AfterEach
    void stop() throws Exception {
        ClusterProject.set(project.project, null);
        if (server != null) {
            server.close();
        }
    }

    private String test(Answer answer) throws Exception {
        server = HostileServer.start(answer);
        String form = "caCertificate=&credentialsId=&namespace=&selector=&server="
                + URLEncoder.encode(server.url(), StandardCharsets.UTF_8);
        return visitor.post(
                        project.project.getUrl() + "descriptorByName/" + ClusterProperty.class.getName()
                                + "/testConnection",
                        Visitor.FORM,
                        form)
                .body();
    }

    /** Has a staging in such a cluster, and returns it. */
    private Staging watched(Answer answer) throws Exception {
        server = HostileServer.start(answer);
        project.connectAgent("agent");
        Staging staging =
                project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        ClusterProperty property = new ClusterProperty();
        property.setServer(server.url());
        ClusterProject.set(project.project, property);
        return staging;
    }

    /** As an ordinary cluster with one pod, but for what is asked in another way. */
    private static Answer ordinaryBut(String part, Answer other) {
        return (path, exchange) -> {
            if (path.contains(part)) {
                other.to(path, exchange);
            } else if (exchange.isWebSocket()) {
                exchange.upgrade();
                exchange.hang();
            } else if (path.startsWith("/version")) {
                exchange.send(200, JSON, VERSION);
            } else {
                exchange.send(200, JSON, list(path, ""));
            }
        };
    }

    /** @param next where the next page begins; empty if there is none */
    private static String list(String path, String next) {
        String resource = path.replaceAll("\\?.*", "").replaceAll(".*/", "");
        if (resource.equals("pods")) {
            return Serialization.asJson(new PodListBuilder()
                    .withNewMetadata()
                    .withResourceVersion("1")
                    .withContinue(next)
                    .endMetadata()
                    .withItems(ClusterObjects.pod("orange-button", "web-1", "shop:v1", true))
                    .build());
        }
        String kind = resource.equals("deployments")
                ? "Deployment"
                : resource.equals("statefulsets")
                        ? "StatefulSet"
                        : resource.equals("daemonsets") ? "DaemonSet" : resource.equals("jobs") ? "Job" : "Event";
        return "{\"kind\":\"" + kind + "List\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";
    }

    @Test
    void anAnswerWithoutAnEndIsCutOff() throws Exception {
        String told = test((path, exchange) -> exchange.sendForever("{\"a\":\"b\"},"));
        assertTrue(told.contains(TOO_LARGE), told);
        assertTrue(server.most() < BOUND, server.most() + " bytes");
    }

    @Test
    void headersAndChunksWithoutAnEndAreCutOff() throws Exception {
        String told = test((path, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
            exchange.repeatForever("chunk-extension");
        });
        assertTrue(told.contains(TOO_LARGE), told);
        assertTrue(server.most() < BOUND, server.most() + " bytes");
        server.close();
        told = test((path, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\n");
            exchange.repeatForever("X-Header: value\r\n");
        });
        assertTrue(told.contains("The cluster doesn’t answer"), told);
        assertTrue(server.most() < BOUND, server.most() + " bytes");
    }

    @Test
    void nothingOfAnAnswerIsTold() throws Exception {
        String page = "<html><h1>payroll-db.internal</h1>user=root password=hunter2</html>";
        for (int status : new int[] {200, 404, 500}) {
            String told = test((path, exchange) -> exchange.send(status, "text/html", page));
            assertFalse(told.contains("payroll") || told.contains("hunter2"), told);
            String expected = status < 500
                    ? "The cluster doesn’t answer: its answer isn’t that of a Kubernetes API"
                    : "The cluster refuses to answer (HTTP " + status + ").";
            assertTrue(told.contains(expected), told);
            server.close();
        }
        String told = test((path, exchange) ->
                exchange.send(200, JSON, "{\"gitVersion\":\"a secret of another service\",\"allowed\":\"hunter2\"}"));
        assertTrue(told.contains("The cluster"), told);
        assertFalse(told.contains("secret") || told.contains("hunter2"), told);
        server.close();
        told = test((path, exchange) -> exchange.send(
                403, JSON, "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"hunter2\",\"code\":403}"));
        assertTrue(told.contains("(HTTP 403)"), told);
        assertFalse(told.contains("hunter2"), told);
        server.close();
        Staging staging = watched(ordinaryBut("/pods?", (path, exchange) -> exchange.send(200, "text/html", page)));
        told = ClusterProject.shows(visitor, staging, "The cluster doesn’t answer: ");
        assertFalse(told.contains("payroll") || told.contains("hunter2"), told);
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (HostileServer internal = HostileServer.start((path, exchange) -> exchange.send(200, JSON, VERSION))) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                String told = test((path, exchange) -> exchange.send("HTTP/1.1 " + status + " Moved\r\nLocation: "
                        + internal.url() + path + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                assertTrue(told.contains("The cluster refuses to answer (HTTP " + status + ")."), told);
                server.close();
            }
            Staging staging = watched((path, exchange) -> exchange.send("HTTP/1.1 307 Moved\r\nLocation: "
                    + internal.url() + path + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            ClusterProject.shows(visitor, staging, "The cluster refuses to answer (HTTP 307).");
            assertEquals(java.util.List.of(), internal.requests);
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        String told = test((path, exchange) -> exchange.hang());
        assertTrue(told.contains("The cluster doesn’t answer: it takes too long"), told);
        server.close();
        told = test((path, exchange) -> {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            exchange.hang();
        });
        assertTrue(told.contains("The cluster doesn’t answer: it takes too long"), told);
    }

    @Test
    void aLogWithoutAnEndIsCutOff() throws Exception {
        Staging staging = watched(ordinaryBut("/log?", (path, exchange) -> exchange.sendForever("line\n")));
        ClusterProject.shows(visitor, staging, "web-1");
        HttpResponse<String> log = TestProject.await("the log", () -> {
            HttpResponse<String> now = visitor.get(staging.getUrl() + "pods/log?pod=web-1&container=app");
            return now.statusCode() == 202 ? null : now;
        });
        assertEquals(404, log.statusCode());
        assertEquals(TOO_LARGE, log.body());
        assertTrue(server.most() < BOUND, server.most() + " bytes");
    }

    @Test
    void aListWithoutAnEndIsCutOff() throws Exception {
        Staging staging = watched(ordinaryBut("/pods?", (path, exchange) -> exchange.sendForever("{\"items\":[")));
        ClusterProject.shows(visitor, staging, TOO_LARGE);
        assertTrue(server.most() < BOUND, server.most() + " bytes");
    }

    /** Each of them is small, and there is always another one. */
    @Test
    void pagesWithoutAnEndAreCutOff() throws Exception {
        String padding = " ".repeat(4 << 20);
        AtomicInteger pages = new AtomicInteger();
        Staging staging = watched(ordinaryBut(
                "/pods?",
                (path, exchange) ->
                        exchange.send(200, JSON, list("/pods", String.valueOf(pages.incrementAndGet())) + padding)));
        ClusterProject.shows(visitor, staging, TOO_LARGE);
        assertTrue(pages.get() >= 60, pages + " pages");
    }

    /** What is kept of objects is bounded as well: labels, of which the plugin needs all. */
    @Test
    void objectsThatAreTooLargeAreNotKept() throws Exception {
        AtomicInteger pages = new AtomicInteger();
        Staging staging = watched(ordinaryBut("/pods?", (path, exchange) -> {
            var pod = ClusterObjects.pod("orange-button", "web-" + pages.incrementAndGet(), "shop:v1", true);
            pod.getMetadata().getLabels().put("filler", "x".repeat(4 << 20));
            exchange.send(
                    200,
                    JSON,
                    Serialization.asJson(new PodListBuilder()
                            .withNewMetadata()
                            .withResourceVersion("1")
                            .withContinue("more")
                            .endMetadata()
                            .withItems(pod)
                            .build()));
        }));
        ClusterProject.shows(visitor, staging, TOO_LARGE);
        assertTrue(pages.get() < 60, pages + " pages");
    }

    @Test
    void aMessageOfAWatchWithoutAnEndIsCutOff() throws Exception {
        AtomicInteger cut = new AtomicInteger();
        Staging staging = watched(ordinaryBut("watch=true", (path, exchange) -> {
            exchange.upgrade();
            try {
                // A text of 2^40 bytes in one frame.
                exchange.send(new byte[] {(byte) 0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0});
                exchange.repeatForever("{\"type\":\"ADDED\",");
            } finally {
                cut.incrementAndGet();
            }
        }));
        ClusterProject.shows(visitor, staging, "web-1");
        TestProject.await("all watches to be cut", () -> cut.get() >= 5 ? true : null);
        assertTrue(server.most() < BOUND, server.most() + " bytes");
        assertTrue(server.webSockets.stream().noneMatch(headers -> headers.containsKey("sec-websocket-extensions")));
    }
}
