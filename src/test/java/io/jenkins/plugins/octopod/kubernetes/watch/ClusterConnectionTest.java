package io.jenkins.plugins.octopod.kubernetes.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.octopod.fixtures.HostileServer;
import io.jenkins.plugins.octopod.fixtures.HostileServer.Answer;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterClients;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A namespace for each staging can be a namespace for each of thousands. */
class ClusterConnectionTest {

    private static final String EMPTY_LIST = "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";

    private final AtomicInteger watches = new AtomicInteger();
    private HostileServer server;

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private Config config(Answer answer) throws Exception {
        server = HostileServer.start(answer);
        return new ConfigBuilder(Config.empty()).withMasterUrl(server.url()).build();
    }

    /** An ordinary cluster without objects. */
    private void empty(HostileServer.Exchange exchange) throws IOException, GeneralSecurityException {
        if (!exchange.isWebSocket()) {
            exchange.send(200, "application/json", EMPTY_LIST);
            return;
        }
        exchange.upgrade();
        watches.incrementAndGet();
        try {
            exchange.awaitEnd();
        } finally {
            watches.decrementAndGet();
        }
    }

    @Test
    void noMoreNamespacesAreWatchedThanThereAreThreadsFor() throws Exception {
        Config config = config((path, exchange) -> exchange.hang());
        ClusterConnection connection = new ClusterConnection(ClusterClients.create(config), changed -> {}, 2);
        try {
            NamespaceWatch first = connection.watch("first");
            connection.watch("second");
            assertEquals(
                    "Jenkins watches at most 2 namespaces of a cluster: use one namespace for " + "several stagings.",
                    assertThrows(IllegalArgumentException.class, () -> connection.watch("third"))
                            .getMessage());
            assertSame(first, connection.watch("first"));
            connection.assign(Map.of(first, List.of()));
            connection.watch("third");
        } finally {
            connection.close();
        }
    }

    /** Begins no request of the calling thread that meets the condition, as if there were no thread for it. */
    private static KubernetesClient clientWithoutThreads(Config config, AtomicReference<Predicate<HttpUrl>> fails) {
        Thread caller = Thread.currentThread();
        EventListener requests = new EventListener() {
            @Override
            public void callStart(Call call) {
                if (Thread.currentThread() == caller
                        && fails.get().test(call.request().url())) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
            }
        };
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new OkHttpClientFactory() {
                    @Override
                    protected void additionalConfig(OkHttpClient.Builder builder) {
                        builder.eventListener(requests);
                    }
                })
                .build();
    }

    @Test
    void aNamespaceOfWhichNotAllWatchesBeginLeavesNoneBehind() throws Exception {
        AtomicReference<Predicate<HttpUrl>> fails =
                new AtomicReference<>(url -> url.encodedPath().endsWith("/jobs"));
        KubernetesClient client = clientWithoutThreads(config((path, exchange) -> empty(exchange)), fails);
        ClusterConnection connection = new ClusterConnection(client, changed -> {}, 2);
        try {
            assertEquals(
                    "Jenkins lacks threads or memory, so it can’t watch the namespace shop. It "
                            + "tries again automatically.",
                    assertThrows(IllegalArgumentException.class, () -> connection.watch("shop"))
                            .getMessage());
            // What was on its way when the last one failed has come to an end when this one has all of its watches.
            fails.set(url -> false);
            NamespaceWatch other = connection.watch("other");
            TestProject.await("only its watches", () -> other.isKnown() && watches.get() == 6 ? true : null);
            connection.assign(Map.of());
            TestProject.await("no watches", () -> watches.get() == 0 ? true : null);
        } finally {
            connection.close();
        }
    }

    @Test
    void aWatchThatCouldNotBeginAnewBeginsLater() throws Exception {
        AtomicBoolean allowed = new AtomicBoolean();
        AtomicReference<Predicate<HttpUrl>> fails = new AtomicReference<>(url -> false);
        Config config = config((path, exchange) -> {
            if (path.contains("/pods") && !allowed.get()) {
                exchange.send(403, "application/json", "{}");
            } else {
                empty(exchange);
            }
        });
        ClusterConnection connection = new ClusterConnection(clientWithoutThreads(config, fails), changed -> {}, 2);
        try {
            NamespaceWatch watch = connection.watch("shop");
            TestProject.await("the refusal", () -> watch.error() != null && watches.get() == 5 ? true : null);
            allowed.set(true);
            // One pod is asked for to see whether Jenkins may.
            fails.set(url -> url.encodedPath().endsWith("/pods") && !"1".equals(url.queryParameter("limit")));
            connection.probe();
            assertFalse(watch.isKnown());
            fails.set(url -> false);
            connection.probe();
            TestProject.await("the pods", () -> watch.isKnown() ? true : null);
        } finally {
            connection.close();
        }
    }
}
