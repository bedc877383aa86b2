package io.jenkins.plugins.octopod.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The values of a chart as a tree, and what Helm does with it: the model that {@code values.awk} is compared with. */
final class ChartValues {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ChartValues() {}

    /**
     * Reads a key in the notation of {@code --set}.
     *
     * @return names as text and indexes as numbers; {@code null} if it can’t be read
     */
    static List<Object> path(String key) {
        List<Object> path = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean isNamed = false;
        boolean isIndexed = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isISOControl(c)) {
                return null;
            } else if (c == '.' || c == '[') {
                if (isNamed) {
                    path.add(name.toString());
                } else if (!isIndexed) {
                    return null;
                }
                name.setLength(0);
                isNamed = false;
                isIndexed = c == '[';
                if (isIndexed) {
                    int end = key.indexOf(']', i);
                    String digits = end < 0 ? "" : key.substring(i + 1, end);
                    if (!digits.matches("[0-9]{1,7}")) {
                        return null;
                    }
                    path.add(Integer.valueOf(digits));
                    i = end;
                }
            } else if (isIndexed) {
                return null;
            } else {
                isNamed = true;
                if (c == '\\') {
                    i++;
                    if (i == key.length() || Character.isISOControl(key.charAt(i))) {
                        return null;
                    }
                }
                name.append(key.charAt(i));
            }
        }
        if (isNamed) {
            path.add(name.toString());
        }
        return isNamed || isIndexed ? path : null;
    }

    /** Adds a value, unless something else is there, or its list would have a hole. */
    static void add(ObjectNode tree, List<Object> path, JsonNode value) {
        JsonNode node = tree;
        for (int i = 0; i < path.size(); i++) {
            boolean isLast = i == path.size() - 1;
            JsonNode next = isLast
                    ? value
                    : path.get(i + 1) instanceof Integer ? JSON.createArrayNode() : JSON.createObjectNode();
            if (path.get(i) instanceof Integer index) {
                if (!(node instanceof ArrayNode list) || index > list.size()) {
                    return;
                }
                if (index == list.size()) {
                    list.add(next);
                } else if (isLast) {
                    return;
                }
                node = list.get(index);
            } else {
                String name = (String) path.get(i);
                if (!(node instanceof ObjectNode map) || isLast && map.has(name)) {
                    return;
                }
                if (!map.has(name)) {
                    map.set(name, next);
                }
                node = map.get(name);
            }
        }
    }

    /** Calls the consumer with the key and the value of each scalar, and of each empty list and map. */
    static void flatten(String key, JsonNode node, BiConsumer<String, JsonNode> consumer) {
        if (node.isEmpty()) {
            if (!key.isEmpty()) {
                consumer.accept(key, node);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(key + '[' + i + ']', list.get(i), consumer);
            }
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String name = field.getKey().replaceAll("([.,\\[\\\\])", "\\\\$1");
                flatten(key.isEmpty() ? name : key + '.' + name, field.getValue(), consumer);
            }
        }
    }

    /** Merges as Helm does: maps are merged, lists are replaced, and null removes. */
    static void merge(ObjectNode into, JsonNode told) {
        for (Map.Entry<String, JsonNode> field : told.properties()) {
            JsonNode there = into.get(field.getKey());
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue().isObject() && there instanceof ObjectNode map) {
                merge(map, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        }
    }

    /** Returns what is there, a missing node if nothing is. */
    static JsonNode at(JsonNode tree, List<Object> path) {
        JsonNode node = tree;
        for (Object part : path) {
            node = part instanceof Integer index ? node.path(index) : node.path((String) part);
        }
        return node;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
