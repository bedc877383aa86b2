package io.jenkins.plugins.octopod.engine;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts print, well and badly. */
class ScriptOutputCsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a,1\nb,2\n", "a,1\nb,2", "a,1\r\nb,2\r\n", "\n\na,1\n\n  \nb,2\n\n", "\"a\",\"1\"\n\"b\",\"2\""
            })
    void readsTwoColumns(String output) throws UnreadableOutputException {
        Map<String, String> values = read(output).asMap();
        assertEquals(Map.of("a", "1", "b", "2"), values);
        assertEquals(List.of("a", "b"), List.copyOf(values.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\r\n", "   \n"})
    void nothingIsAnEmptyConfiguration(String output) throws UnreadableOutputException {
        assertEquals(Configuration.EMPTY, read(output));
        assertEquals(List.of(), ScriptOutputCsv.links(output));
        assertEquals(List.of(), ScriptOutputCsv.keys(output));
    }

    @Test
    void readsQuotesCommasLineBreaksAndUnicode() throws UnreadableOutputException {
        Configuration read = read("a,\"1,2\"\nb,\"say \"\"hi\"\"\"\nc,\"x\ny\"\nd,grüße 🐙\ne,\nf, padded \n");
        assertEquals(
                Map.of("a", "1,2", "b", "say \"hi\"", "c", "x\ny", "d", "grüße 🐙", "e", "", "f", " padded "),
                read.asMap());
    }

    @Test
    void aKeyThatIsPrintedTwiceKeepsItsPlaceAndTakesTheLaterValue() throws UnreadableOutputException {
        Map<String, String> values = read("a,1\nb,2\na,3\nb..,4\n").asMap();
        assertEquals(Map.of("a", "3", "b", "4"), values);
        assertEquals(List.of("a", "b"), List.copyOf(values.keySet()));
    }

    @Test
    void keysAreNormalized() throws UnreadableOutputException {
        assertEquals(Map.of("image.tag", "1"), read(" image..tag ,1").asMap());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,\"open", "a,\"1\"2", "\"", "a,1\nb,\"x"})
    void saysThatQuotesAreBroken(String output) {
        assertUnreadable(
                "What “deployment_config” printed isn’t CSV: a quote is opened and not closed, or something follows a"
                        + " closing quote. Print two columns, such as “image.tag,latest”.",
                output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,1\\nb|has 1 column where two are expected (row 2: “b”)",
                "a,1,2|has 3 columns where two are expected (row 1: “a,1,2”)",
                "a,1,|has 3 columns where two are expected (row 1: “a,1,”)",
                ",1|has no key in its first column (row 1: “,1”)",
                ".. ,1|has no key in its first column (row 1: “.. ,1”)",
            })
    void namesTheRowThatIsWrong(String output, String what) {
        assertUnreadable(
                "What “deployment_config” printed " + what + ". Print two columns, such as “image.tag,latest”.",
                output.replace("\\n", "\n"));
    }

    @Test
    void aLongRowIsAbbreviated() {
        UnreadableOutputException failure =
                assertThrows(UnreadableOutputException.class, () -> read("x".repeat(100_000)));
        assertTrue(failure.getMessage().length() < 300, failure.getMessage());
    }

    @Test
    void readsLinks() throws UnreadableOutputException {
        assertEquals(
                List.of(
                        new StagingLink("app", "https://a.example.com"),
                        new StagingLink("app", "http://b"),
                        new StagingLink("", "c")),
                ScriptOutputCsv.links("app, https://a.example.com \napp,http://b\n,c\n"));
        UnreadableOutputException failure =
                assertThrows(UnreadableOutputException.class, () -> ScriptOutputCsv.links("https://a.example.com"));
        assertEquals(
                "What “info” printed has 1 column where two are expected (row 1: “https://a.example.com”)."
                        + " Print two columns, such as “app,https://example.com”.",
                failure.getMessage());
    }

    @Test
    void readsTags() throws UnreadableOutputException {
        assertEquals(
                List.of(
                        new SuggestedTag("v2", ""),
                        new SuggestedTag("v1", "first, and \"last\""),
                        new SuggestedTag("v0", "two lines")),
                ScriptOutputCsv.tags(
                        "v2\r\n\n v1 ,\"first, and \"\"last\"\"\"\nv2,again\nv0,\"two\nlines\u001b[1m\"\n"));
        assertEquals(List.of(), ScriptOutputCsv.tags(""));
    }

    @Test
    void tagsAreLimited() throws UnreadableOutputException {
        String many = IntStream.range(0, 5000)
                .mapToObj(i -> "v" + i + "," + "x".repeat(500))
                .collect(joining("\n"));
        List<SuggestedTag> tags = ScriptOutputCsv.tags(many);
        assertEquals(ScriptOutputCsv.MAX_TAGS, tags.size());
        assertEquals("x".repeat(199) + "…", tags.get(0).description());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1\\na,b,c|has 3 columns where at most two are expected (row 2: “a,b,c”)",
                ",b|has no tag in its first column (row 1: “,b”)",
            })
    void namesTheTagThatIsWrong(String output, String what) {
        UnreadableOutputException failure =
                assertThrows(UnreadableOutputException.class, () -> ScriptOutputCsv.tags(output.replace("\\n", "\n")));
        assertEquals(
                "What “tags” printed " + what
                        + ". Print a tag, or a tag and its description, such as “v2,with the new checkout”.",
                failure.getMessage());
    }

    @Test
    void aTagThatIsTooLongIsRefused() {
        UnreadableOutputException failure =
                assertThrows(UnreadableOutputException.class, () -> ScriptOutputCsv.tags("v".repeat(201)));
        assertTrue(failure.getMessage().contains("longer than 200 characters"), failure.getMessage());
        assertTrue(failure.getMessage().length() < 300, failure.getMessage());
    }

    @Test
    void readsKeys() {
        assertEquals(List.of("a", "b.c", "ü"), ScriptOutputCsv.keys("a\r\n\n b..c \na\nü"));
    }

    private static Configuration read(String output) throws UnreadableOutputException {
        return ScriptOutputCsv.configuration(ControlScript.DEPLOYMENT_CONFIG, output);
    }

    private static void assertUnreadable(String sentence, String output) {
        UnreadableOutputException failure = assertThrows(UnreadableOutputException.class, () -> read(output));
        assertEquals(sentence, failure.getMessage());
    }
}
