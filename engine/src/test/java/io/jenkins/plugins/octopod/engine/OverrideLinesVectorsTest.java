package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads the cases that the JavaScript of the dialog shares with {@link Overrides#parse}: {@code override-lines.json}. The same
 * cases are read by {@code src/test/js/dialog/overridesParser.test.js}.
 */
class OverrideLinesVectorsTest {

    @TestFactory
    Stream<DynamicTest> keysAreNormalizedAsInTheDialog() {
        return cases(
                "keys",
                vector -> assertEquals(
                        vector.get("kept").textValue(),
                        ConfigurationKey.normalize(vector.get("typed").textValue())));
    }

    @TestFactory
    Stream<DynamicTest> linesMeanWhatTheyMeanInTheDialog() {
        return cases("lines", vector -> {
            List<List<String>> expected = new ArrayList<>();
            for (JsonNode entry : vector.get("entries")) {
                expected.add(
                        Arrays.asList(entry.get(0).textValue(), entry.get(1).textValue()));
            }
            List<List<String>> read = new ArrayList<>();
            parse(vector).asMap().forEach((key, value) -> read.add(Arrays.asList(key, value)));
            assertEquals(expected, read);
        });
    }

    @TestFactory
    Stream<DynamicTest> theLineThatTheDialogRefusesIsNamed() {
        return cases("unreadable", vector -> {
            String sentence = assertThrows(
                            RefusalException.class,
                            () -> Overrides.parse(vector.get("text").textValue()))
                    .getMessage();
            String start = "Line " + vector.get("number").intValue() + " (“"
                    + QuotedText.of(vector.get("line").textValue(), Overrides.MAX_QUOTED_LENGTH) + "”) has no ";
            assertTrue(sentence.startsWith(start), sentence);
        });
    }

    private static Stream<DynamicTest> cases(String group, Consumer<JsonNode> test) {
        return StreamSupport.stream(vectors().get(group).spliterator(), false)
                .map(vector -> dynamicTest(vector.toString(), () -> test.accept(vector)));
    }

    private static Overrides parse(JsonNode vector) {
        try {
            return Overrides.parse(vector.get("text").textValue());
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode vectors() {
        try (InputStream file = OverrideLinesVectorsTest.class.getResourceAsStream("override-lines.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
