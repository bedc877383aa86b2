package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * What kubectl and helm ask of a cluster beyond what fabric8's mock has, which are the objects: which kinds there are, and
 * the ways in which they send what is to be changed.
 *
 * <p>Left out is what a real cluster would refuse (nothing is validated, anybody may do anything) and who has set which
 * field: what Helm 4 wants applied is merged, so there is never a conflict.
 */
final class ClusterApi extends Dispatcher {

    /** Group and version, then the kinds as RESOURCE/KIND. */
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "v1",
            List.of("pods/Pod", "secrets/Secret", "services/Service", "persistentvolumeclaims/PersistentVolumeClaim"),
            "apps/v1",
            List.of(
                    "deployments/Deployment",
                    "replicasets/ReplicaSet",
                    "statefulsets/StatefulSet",
                    "daemonsets/DaemonSet"),
            "batch/v1",
            List.of("jobs/Job", "cronjobs/CronJob"),
            "networking.k8s.io/v1",
            List.of("ingresses/Ingress")));

    private static final String LIST = "{\"apiVersion\":\"v1\",\"kind\":\"List\"";
    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesCrudDispatcher objects;
    private final Controllers controllers = new Controllers(this);

    ClusterApi(KubernetesCrudDispatcher objects) {
        this.objects = objects;
    }

    Controllers controllers() {
        return controllers;
    }

    /** Whatever is thrown is told: fabric8's server would never answer. */
    @Override
    public MockResponse dispatch(RecordedRequest request) {
        try {
            MockResponse response = answer(request);
            // Without it the clients take what comes for protobuf, which they would rather have.
            response.setHeader("Content-Type", "application/json");
            if (request.method() != HttpMethod.GET) {
                controllers.reconcile();
            }
            return response;
        } catch (RuntimeException e) {
            e.printStackTrace();
            return new MockResponse().setResponseCode(500).setBody(e.toString());
        }
    }

    /** An object; missing where it isn't there. */
    JsonNode get(String path) {
        MockResponse response = objects.handleGet(path);
        return response.code() == 200 ? read(response.getBody().readUtf8()) : JSON.missingNode();
    }

    void create(String path, JsonNode object) {
        objects.dispatch(request(HttpMethod.POST, path, object));
    }

    void delete(String path) {
        objects.handleDelete(path);
    }

    /** Merges, as kubectl patch does. */
    void patch(String path, JsonNode change) {
        objects.dispatch(request(HttpMethod.PUT, path, Merge.apply((ObjectNode) get(path), change, false)));
    }

    private MockResponse answer(RecordedRequest request) {
        String path = path(request);
        String group = path.replaceFirst("^/apis?/", "");
        return switch (path) {
            case "/version" -> json(VERSION);
            case "/api" -> json("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
            case "/apis" -> json("{\"kind\":\"APIGroupList\",\"groups\":[" + groups() + "]}");
            case "/openapi/v2" -> json(""); // as protobuf: nothing is known, so nothing is wrong
            default -> KINDS.containsKey(group) ? json(kinds(group)) : object(path, request);
        };
    }

    private MockResponse object(String path, RecordedRequest request) {
        String type = String.valueOf(request.getHeader("Content-Type"));
        if (request.getPath().contains("watch=true")) {
            return json(""); // and so over, whereupon helm lists once more
        }
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.DELETE) {
            return named(path, objects.dispatch(request));
        }
        byte[] sent = request.getBody().readByteArray();
        JsonNode body = type.contains("protobuf")
                ? read(SecretProtobuf.toJson(sent))
                : read(new String(sent, StandardCharsets.UTF_8));
        if (request.method() != HttpMethod.PATCH) {
            return objects.dispatch(request(request.method(), path, body));
        }
        JsonNode object = get(path);
        if (object.isMissingNode()) {
            return type.contains("apply-patch")
                    ? objects.dispatch(request(HttpMethod.POST, path.replaceAll("/[^/]*$", ""), body))
                    : new MockResponse().setResponseCode(404);
        }
        body = Merge.apply((ObjectNode) object, body, type.contains("strategic"));
        return objects.dispatch(request(HttpMethod.PUT, path, body));
    }

    private static RecordedRequest request(HttpMethod method, String path, JsonNode body) {
        Headers headers =
                Headers.builder().add("Content-Type", "application/json").build();
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(bytes));
    }

    /** The mock calls every list a List; helm takes none but a SecretList for one of secrets. */
    private static MockResponse named(String path, MockResponse response) {
        String[] parts = path.replaceFirst("^/apis?/", "").split("/namespaces/[^/]*/");
        String body = response.getBody() == null ? "" : response.getBody().readUtf8();
        if (KINDS.containsKey(parts[0]) && body.startsWith(LIST)) {
            String kind = KINDS.get(parts[0]).stream()
                    .filter(each -> each.startsWith(parts[1] + "/"))
                    .map(each -> each.replaceFirst(".*/", ""))
                    .findFirst()
                    .orElseThrow();
            body = "{\"apiVersion\":\"%s\",\"kind\":\"%sList\"%s"
                    .formatted(parts[0], kind, body.substring(LIST.length()));
        }
        return response.setBody(body);
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
                                + "[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"]}")
                        .formatted(kind[0], kind[1]))
                .collect(Collectors.joining(
                        ",",
                        "{\"kind\":\"APIResourceList\",\"groupVersion\":\"%s\",\"resources\":[".formatted(group),
                        "]}"));
    }

    private static String path(RecordedRequest request) {
        return request.getPath().replaceAll("\\?.*", "");
    }

    private static MockResponse json(String body) {
        return new MockResponse().setResponseCode(200).setBody(body);
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
