package io.jenkins.plugins.octopod.cli.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of whatever a server answers. */
class LegacyStagingListProperties {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ONE =
            "{\"deployment\":{\"name\":\"a1\",\"app_overrides\":[[\"A\",{\"tag\":\"ValueAdded\","
                    + "\"contents\":\"x\"}],[\"B\",{\"tag\":\"ValueDeleted\"}]],\"deployment_overrides\":[]},"
                    + "\"status\":{\"tag\":\"DeploymentNotPending\",\"recorded_status\":{\"tag\":\"Failure\","
                    + "\"contents\":\"TagMismatch\"}},\"metadata\":[{\"name\":\"app\",\"link\":\"https://a1.example.com\"}],"
                    + "\"created_at\":\"2021-08-25T10:00:00Z\",\"updated_at\":\"2021-08-25T10:04:05.123Z\"}";

    /** Any bytes are a list, or refused with a sentence; nothing else is thrown. */
    @Property
    void anyBytes(@ForAll byte[] bytes) {
        assertReadOrRefused(bytes);
    }

    /** So is what was cut off or damaged on its way. */
    @Property
    void damaged(@ForAll int place, @ForAll byte written, @ForAll boolean cut) {
        byte[] list = ("[" + ONE + "]").getBytes(StandardCharsets.UTF_8);
        int at = Math.floorMod(place, list.length);
        list[at] = written;
        assertReadOrRefused(cut ? Arrays.copyOf(list, at) : list);
    }

    /** One whose value somewhere is another is read, or refused alone: the others of the list are as they were. */
    @Property
    void otherValues(@ForAll int place, @ForAll("values") JsonNode value) throws Exception {
        ObjectNode changed = (ObjectNode) MAPPER.readTree(ONE);
        List<Runnable> changes = new ArrayList<>();
        collect(changed, value, changes);
        changes.get(Math.floorMod(place, changes.size())).run();
        ArrayNode list =
                MAPPER.createArrayNode().add(MAPPER.readTree(ONE)).add(changed).add(MAPPER.readTree(ONE));

        List<LegacyStaging> read = LegacyStagingList.read(MAPPER.writeValueAsBytes(list));
        assertEquals(3, read.size());
        assertEquals(read.get(0), read.get(2));
        assertEquals("a1", read.get(0).staging().name());
        LegacyStaging other = read.get(1);
        assertNotEquals(other.staging() == null, other.problem() == null);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        var nodes = MAPPER.getNodeFactory();
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\0', '\ud7ff').map(nodes::textNode),
                Arbitraries.integers().map(nodes::numberNode),
                Arbitraries.of(true, false).map(nodes::booleanNode),
                Arbitraries.of(
                        nodes.nullNode(),
                        nodes.objectNode(),
                        nodes.arrayNode(),
                        nodes.arrayNode().add("A").add(nodes.objectNode().put("tag", "ValueAdded"))));
    }

    /** A change for each place in the tree. */
    private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> changes.add(() -> object.set(field, value)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                changes.add(() -> array.set(index, value));
            }
        }
        node.forEach(child -> collect(child, value, changes));
    }

    private static void assertReadOrRefused(byte[] bytes) {
        try {
            LegacyStagingList.read(bytes);
        } catch (RefusalException e) {
            assertFalse(e.getMessage().isBlank() || e.getMessage().contains("jackson"), e.getMessage());
        }
    }
}
