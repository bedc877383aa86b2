package io.jenkins.plugins.octopod.helm;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What kubectl and helm ask of a cluster beyond objects, in front of fabric8's mock, which has the objects: which kinds
 * there are, and how they can be asked for.
 */
final class ClusterApi extends Dispatcher {

    /** Group and version, then the kinds as RESOURCE/KIND. */
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "v1",
            List.of("pods/Pod", "secrets/Secret", "services/Service", "persistentvolumeclaims/PersistentVolumeClaim"),
            "apps/v1",
            List.of("deployments/Deployment", "statefulsets/StatefulSet", "daemonsets/DaemonSet"),
            "batch/v1",
            List.of("jobs/Job", "cronjobs/CronJob"),
            "networking.k8s.io/v1",
            List.of("ingresses/Ingress")));

    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}";

    private final KubernetesCrudDispatcher objects;

    ClusterApi(KubernetesCrudDispatcher objects) {
        this.objects = objects;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = request.getPath().replaceAll("\\?.*", "");
        MockResponse response =
                switch (path) {
                    case "/version" -> json(VERSION);
                    case "/api" -> json("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
                    case "/apis" -> json("{\"kind\":\"APIGroupList\",\"groups\":[" + groups() + "]}");
                    case "/openapi/v2" -> json(""); // as protobuf: nothing is known, so nothing is wrong
                    default ->
                        KINDS.containsKey(path.replaceFirst("^/apis?/", ""))
                                ? json(kinds(path.replaceFirst("^/apis?/", "")))
                                : object(understood(request));
                };
        // Without it the clients take what comes for protobuf, which they would rather have.
        response.setHeader("Content-Type", "application/json");
        return response;
    }

    /**
     * Helm 4 lets the cluster apply what it wants, which the mock can't. Here that makes what isn't there and merges into
     * what is; who has set which field, and so whether that is a conflict, isn't known.
     */
    private MockResponse object(RecordedRequest request) {
        if (!"application/apply-patch+yaml".equals(request.getHeader("Content-Type"))) {
            return objects.dispatch(request);
        }
        String path = request.getPath().replaceAll("\\?.*", "");
        byte[] body = request.getBody().readByteArray();
        boolean isThere = objects.handleGet(path).code() == 200;
        return objects.dispatch(
                isThere
                        ? request(HttpMethod.PATCH, path, "application/merge-patch+json", body)
                        : request(HttpMethod.POST, path.replaceAll("/[^/]*$", ""), "application/json", body));
    }

    private static RecordedRequest request(HttpMethod method, String path, String type, byte[] body) {
        Headers headers = Headers.builder().add("Content-Type", type).build();
        return new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(body));
    }

    private static RecordedRequest understood(RecordedRequest request) {
        if (!"application/vnd.kubernetes.protobuf".equals(request.getHeader("Content-Type"))
                || request.method() == HttpMethod.DELETE) {
            return request;
        }
        byte[] json = SecretProtobuf.toJson(request.getBody().readByteArray()).getBytes(StandardCharsets.UTF_8);
        return request(request.method(), request.getPath(), "application/json", json);
    }

    private static String groups() {
        return KINDS.keySet().stream()
                .filter(group -> group.contains("/"))
                .map(group -> "{\"name\":\"%1$s\",\"versions\":[%2$s],\"preferredVersion\":%2$s}"
                        .formatted(
                                group.replaceFirst("/.*", ""),
                                "{\"groupVersion\":\"%s\",\"version\":\"v1\"}".formatted(group)))
                .collect(Collectors.joining(","));
    }

    private static String kinds(String group) {
        return KINDS.get(group).stream()
                .map(kind -> kind.split("/"))
                .map(kind -> ("{\"name\":\"%s\",\"singularName\":\"\",\"namespaced\":true,\"kind\":\"%s\",\"verbs\":"
                                + "[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\"]}")
                        .formatted(kind[0], kind[1]))
                .collect(Collectors.joining(
                        ",",
                        "{\"kind\":\"APIResourceList\",\"groupVersion\":\"%s\",\"resources\":[".formatted(group),
                        "]}"));
    }

    private static MockResponse json(String body) {
        return new MockResponse().setResponseCode(200).setBody(body);
    }
}
