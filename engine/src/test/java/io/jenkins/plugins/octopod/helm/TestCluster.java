package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;

/** A cluster as far as helm and kubectl can tell, on a socket of its own. What it isn't: see {@link ClusterApi}. */
final class TestCluster implements AutoCloseable {

    /** Tells of each request otherwise. Held, as Java forgets what is set on a logger that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger(MockWebServer.class.getName());

    static {
        LOGGER.setLevel(Level.WARNING);
    }

    private final ClusterApi api = new ClusterApi(new KubernetesCrudDispatcher());
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
    private final Path kubeconfig;

    TestCluster(Path directory) throws IOException {
        server.init(InetAddress.getLoopbackAddress(), 0);
        kubeconfig = Files.writeString(
                directory.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s"}}]
                users: [{name: test, user: {}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                current-context: test
                """
                        .formatted(server.url("/").replaceFirst("/$", "")));
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    Controllers controllers() {
        return api.controllers();
    }

    /** Installs the kinds of the Gateway API. */
    void addGateways() {
        api.add("gateway.networking.k8s.io/v1", "gateways/Gateway", "httproutes/HTTPRoute");
    }

    /** For example {@code ingresses}. */
    void forbid(String resource) {
        api.forbid(resource);
    }

    void allow(String resource) {
        api.allow(resource);
    }

    /** Refuses to make such as {@code deployments/orange-web}; as {@code Forbidden}, say. */
    void refuseToCreate(String object, int code, String reason, String message) {
        api.refuse(HttpMethod.POST, object, code, reason, message);
    }

    /** Refuses to change it, or to have it applied by the cluster. */
    void refuseToChange(String object, int code, String reason, String message) {
        api.refuse(HttpMethod.PATCH, object, code, reason, message);
    }

    /** For example {@code apps/v1}, {@code deployments}, {@code orange-web}; missing where it isn't there. */
    JsonNode get(String group, String resource, String name) {
        return api.get(path(group, resource) + "/" + name);
    }

    void patch(String group, String resource, String name, String change) {
        api.patch(path(group, resource) + "/" + name, ClusterApi.read(change));
        api.controllers().reconcile();
    }

    void create(String group, String resource, String object) {
        api.create(path(group, resource), ClusterApi.read(object));
        api.controllers().reconcile();
    }

    List<String> names(String group, String resource) {
        return StreamSupport.stream(api.get(path(group, resource)).path("items").spliterator(), false)
                .map(object -> object.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    private static String path(String group, String resource) {
        return (group.contains("/") ? "/apis/" : "/api/") + group + "/namespaces/" + Controllers.NAMESPACE + "/"
                + resource;
    }

    @Override
    public void close() {
        server.destroy();
    }
}
