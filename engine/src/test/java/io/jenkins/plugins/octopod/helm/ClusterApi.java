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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What kubectl and helm ask of a cluster beyond what fabric8's mock has, which are the objects: which kinds there are, and
 * the ways in which they send what is to be changed.
 *
 * <p>Left out is what a real cluster would refuse (nothing is validated, anybody may do anything, unless a test says so) and
 * who has set which field: what Helm 4 wants applied is merged, so there is never a conflict.
 */
final class ClusterApi extends Dispatcher {

    /** Group and version, then the kinds as RESOURCE/KIND. */
    private static final Map<String, List<String>> KINDS = new TreeMap<>(Map.of(
            "v1",
            List.of(
                    "pods/Pod",
                    "events/Event",
                    "secrets/Secret",
                    "configmaps/ConfigMap",
                    "services/Service",
                    "serviceaccounts/ServiceAccount",
                    "persistentvolumeclaims/PersistentVolumeClaim"),
            "apps/v1",
            List.of(
                    "deployments/Deployment",
                    "replicasets/ReplicaSet",
                    "statefulsets/StatefulSet",
                    "daemonsets/DaemonSet"),
            "batch/v1",
            List.of("jobs/Job", "cronjobs/CronJob"),
            "networking.k8s.io/v1",
            List.of("ingresses/Ingress"),
            "keda.sh/v1alpha1",
            List.of("scaledobjects/ScaledObject", "scaledjobs/ScaledJob")));

    private static final String LIST = "{\"apiVersion\":\"v1\",\"kind\":\"List\"";
    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}";
    private static final String FORBIDDEN = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
            + "\"reason\":\"Forbidden\",\"message\":\"%s is forbidden: RBAC: role.rbac.authorization.k8s.io \\\"octopod\\\" "
            + "not found\",\"code\":403}";
    private static final String EXISTS = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
            + "\"reason\":\"AlreadyExists\",\"message\":\"%s already exists\",\"code\":409}";
    private static final Pattern FIELDS = Pattern.compile("fieldSelector=([^&]*)&?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesCrudDispatcher objects;
    private final Map<String, List<String>> kinds = new ConcurrentSkipListMap<>(KINDS);
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final Map<String, ObjectNode> refusals = new ConcurrentHashMap<>();
    private final Controllers controllers = new Controllers(this);

    ClusterApi(KubernetesCrudDispatcher objects) {
        this.objects = objects;
    }

    Controllers controllers() {
        return controllers;
    }

    /** Has it know more kinds, as where somebody has installed them. */
    void add(String group, String... resourcesAndKinds) {
        kinds.put(group, List.of(resourcesAndKinds));
    }

    /** Refuses all that is asked about these resources, as to an account without a role for them. */
    void forbid(String resource) {
        forbidden.add(resource);
    }

    /** Takes back that they are forbidden. */
    void allow(String resource) {
        forbidden.remove(resource);
    }

    /**
     * Refuses to make or change an object, in earnest and in dry runs.
     *
     * @param object such as {@code deployments/orange-web}
     * @param reason such as {@code Forbidden}; kubectl shows it
     */
    void refuse(HttpMethod method, String object, int code, String reason, String message) {
        ObjectNode status = (ObjectNode) read("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\"}");
        refusals.put(
                method + " " + object,
                status.put("reason", reason).put("message", message).put("code", code));
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
            default -> kinds.containsKey(group) ? json(kinds(group)) : object(path, request);
        };
    }

    private MockResponse object(String path, RecordedRequest request) {
        String type = String.valueOf(request.getHeader("Content-Type"));
        if (Stream.of(path.split("/")).anyMatch(forbidden::contains)) {
            return json(FORBIDDEN.formatted(path)).setResponseCode(403);
        }
        if (request.getPath().contains("watch=true")) {
            return json(""); // and so over, whereupon helm lists once more
        }
        if (request.method() == HttpMethod.GET || request.method() == HttpMethod.DELETE) {
            Matcher fields = FIELDS.matcher(request.getPath());
            return fields.find() ? selected(path, fields, request) : named(path, objects.dispatch(request));
        }
        byte[] sent = request.getBody().readByteArray();
        JsonNode body = type.contains("protobuf")
                ? read(SecretProtobuf.toJson(sent))
                : read(new String(sent, StandardCharsets.UTF_8));
        String named = request.method() == HttpMethod.POST
                ? path + "/" + body.at("/metadata/name").asText()
                : path;
        ObjectNode refusal = refusals.get(request.method() + " " + named.replaceFirst(".*/namespaces/[^/]*/", ""));
        if (refusal != null) {
            return json(refusal.toString()).setResponseCode(refusal.path("code").asInt());
        }
        if (request.getPath().contains("dryRun=All")) {
            return dryRun(request.method(), named, body);
        }
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

    /** Stores nothing. */
    private MockResponse dryRun(HttpMethod method, String path, JsonNode body) {
        if (method == HttpMethod.POST && !get(path).isMissingNode()) {
            return json(EXISTS.formatted(path)).setResponseCode(409);
        }
        return json(body.toString());
    }

    /** The mock selects by few fields of metadata only. */
    private MockResponse selected(String path, Matcher fields, RecordedRequest request) {
        String all = fields.replaceFirst("");
        MockResponse response = named(path, objects.dispatch(request(request.method(), all, JSON.createObjectNode())));
        ObjectNode list = (ObjectNode) read(response.getBody().readUtf8());
        Iterator<JsonNode> items = list.withArray("items").iterator();
        while (items.hasNext()) {
            JsonNode item = items.next();
            for (String condition :
                    URLDecoder.decode(fields.group(1), StandardCharsets.UTF_8).split(",")) {
                String[] sides = condition.split("!?=", 2);
                String field = item.at("/" + sides[0].replace('.', '/')).asText();
                if (field.equals(sides[1]) == condition.contains("!=")) {
                    items.remove();
                    break;
                }
            }
        }
        return response.setBody(list.toString());
    }

    private static RecordedRequest request(HttpMethod method, String path, JsonNode body) {
        Headers headers =
                Headers.builder().add("Content-Type", "application/json").build();
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(bytes));
    }

    /** The mock calls every list a List; helm takes none but a SecretList for one of secrets. */
    private MockResponse named(String path, MockResponse response) {
        String[] parts = path.replaceFirst("^/apis?/", "").split("/namespaces/[^/]*/");
        String body = response.getBody() == null ? "" : response.getBody().readUtf8();
        if (kinds.containsKey(parts[0]) && body.startsWith(LIST)) {
            String kind = kinds.get(parts[0]).stream()
                    .filter(each -> each.startsWith(parts[1] + "/"))
                    .map(each -> each.replaceFirst(".*/", ""))
                    .findFirst()
                    .orElseThrow();
            body = "{\"apiVersion\":\"%s\",\"kind\":\"%sList\"%s"
                    .formatted(parts[0], kind, body.substring(LIST.length()));
        }
        return response.setBody(body);
    }

    private String groups() {
        return kinds.keySet().stream()
                .filter(group -> group.contains("/"))
                .map(group -> "{\"name\":\"%1$s\",\"versions\":[%2$s],\"preferredVersion\":%2$s}"
                        .formatted(
                                group.replaceFirst("/.*", ""),
                                "{\"groupVersion\":\"%s\",\"version\":\"%s\"}"
                                        .formatted(group, group.replaceFirst(".*/", ""))))
                .collect(Collectors.joining(","));
    }

    private String kinds(String group) {
        return kinds.get(group).stream()
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
