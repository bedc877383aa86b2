package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** What holds of everything that scripts can print. */
class ScriptOutputCsvProperties {

    @Property
    void whatIsQuotedByTheBookReadsBack(
            @ForAll("configurations") Configuration configuration, @ForAll("lineEnds") String lineEnd)
            throws UnreadableOutputException {
        String printed = configuration.asMap().entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ',' + quoted(entry.getValue()) + lineEnd)
                .collect(Collectors.joining());
        assertEquals(configuration, ScriptOutputCsv.configuration(ControlScript.APPLICATION_CONFIG, printed));
    }

    @Property
    void linksReadBack(@ForAll("links") List<StagingLink> links) throws UnreadableOutputException {
        String printed = links.stream()
                .map(link -> quoted(link.name()) + ',' + quoted(link.url()) + '\n')
                .collect(Collectors.joining());
        assertEquals(links, ScriptOutputCsv.links(printed));
    }

    /** Whatever a script prints, it is read or refused with a sentence; nothing else is thrown. */
    @Property
    void anythingIsReadOrRefused(@ForAll("outputs") String output) {
        try {
            ScriptOutputCsv.configuration(ControlScript.DEPLOYMENT_CONFIG, output);
            ScriptOutputCsv.links(output);
        } catch (UnreadableOutputException e) {
            assertTrue(e.getMessage().startsWith("What “"), e.getMessage());
            assertTrue(e.getMessage().endsWith("”."), e.getMessage());
        }
        for (String key : ScriptOutputCsv.keys(output)) {
            assertTrue(!key.isEmpty());
        }
    }

    @Provide
    Arbitrary<Configuration> configurations() {
        Arbitrary<String> keys = Arbitraries.strings().ofMinLength(1).ofMaxLength(10);
        Arbitrary<Map<String, String>> maps =
                Arbitraries.maps(keys, texts().ofMaxLength(10)).ofMaxSize(6);
        return maps.map(Configuration::of);
    }

    @Provide
    Arbitrary<List<StagingLink>> links() {
        Arbitrary<String> stripped = texts().ofMaxLength(20).map(String::strip);
        return stripped.flatMap(name -> stripped.map(url -> new StagingLink(name, url)))
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n");
    }

    @Provide
    Arbitrary<String> outputs() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("a,\"\n\r .").ofMaxLength(20),
                Arbitraries.strings().ofMaxLength(100));
    }

    private static StringArbitrary texts() {
        return Arbitraries.strings().withChars("ab,\"\n\r ü").all();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
