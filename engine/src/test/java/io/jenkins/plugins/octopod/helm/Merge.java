package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Merges as a cluster does them; fabric8's mock would add what is in lists instead of replacing it. */
final class Merge {

    private Merge() {}

    /**
     * Changes the object and returns it: by JSON merge patch, which replaces lists, or by Kubernetes’ strategic one, which
     * Helm 3 sends, as far as a Deployment needs it: lists of named things are merged.
     */
    static ObjectNode apply(ObjectNode object, JsonNode patch, boolean strategic) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (name.startsWith("$")) {
                continue;
            }
            if (value.isNull()) {
                object.remove(name);
            } else if (value.isObject()) {
                boolean isThere = object.path(name).isObject();
                apply(isThere ? (ObjectNode) object.get(name) : object.putObject(name), value, strategic);
            } else if (strategic && object.path(name).isArray() && value.path(0).has("name")) {
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
                apply((ObjectNode) list.get(index), change, true);
            } else {
                list.add(change);
            }
        }
    }
}
