package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Kubernetes’ strategic merge, which Helm 3 sends, as far as a Deployment needs it: lists of named things are merged. */
final class StrategicMerge {

    private StrategicMerge() {}

    /** The object as it is then; itself, changed. */
    static ObjectNode apply(ObjectNode object, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.startsWith("$")) {
                continue;
            }
            if (value.isNull()) {
                object.putNull(name);
            } else if (value.isObject() && object.path(name).isObject()) {
                apply((ObjectNode) object.get(name), value);
            } else if (value.isArray()
                    && object.path(name).isArray()
                    && value.path(0).has("name")) {
                merge((ArrayNode) object.get(name), value);
            } else {
                object.set(name, value);
            }
        }
        return object;
    }

    private static void merge(ArrayNode list, JsonNode changes) {
        for (JsonNode change : changes) {
            int index = 0;
            while (index < list.size() && !list.get(index).path("name").equals(change.get("name"))) {
                index++;
            }
            if (change.path("$patch").asText().equals("delete")) {
                list.remove(index);
            } else if (index < list.size()) {
                apply((ObjectNode) list.get(index), change);
            } else {
                list.add(change);
            }
        }
    }
}
