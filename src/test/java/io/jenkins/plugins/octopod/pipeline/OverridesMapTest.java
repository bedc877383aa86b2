package io.jenkins.plugins.octopod.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.value.OverridesMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

class OverridesMapTest {

    @Test
    void nothing() throws RefusalException {
        assertNull(OverridesMap.flat(null));
        assertNull(OverridesMap.flat(Map.of()));
        assertNull(OverridesMap.nested(null));
        assertEquals("", OverridesMap.read(null).toString());
    }

    @Test
    void plainValues() throws RefusalException {
        assertEquals("n=3", read(Map.of("n", 3)));
        assertEquals("n=1.50", read(Map.of("n", new BigDecimal("1.50"))));
        assertEquals("on=true", read(Map.of("on", true)));
        assertEquals("s=text", read(Map.of("s", new StringBuilder("text"))));
        assertThrows(RefusalException.class, () -> read(Map.of("l", List.of(1))));
        assertThrows(RefusalException.class, () -> read(Map.of("", "x")));
    }

    @Test
    void aDotInAKeyOfAnInnerMapIsPartOfAName() throws RefusalException {
        String annotation = "podAnnotations.prometheus\\.io/scrape=true";
        assertEquals(annotation, read(Map.of("podAnnotations", Map.of("prometheus.io/scrape", "true"))));
        assertEquals(annotation, read(Map.of("podAnnotations", Map.of("prometheus\\.io/scrape", true))));
        assertEquals(annotation, read(Map.of("podAnnotations.prometheus\\.io/scrape", true)));
        assertEquals("a.b.c\\.d=1", read(Map.of("a.b", Map.of("c.d", 1))));
        assertEquals("image.tag=v1", read(Map.of("image.tag", "v1")));
    }

    @Test
    void anEmptyListIsAValue() throws RefusalException {
        assertEquals("tolerations=[]", read(Map.of("tolerations", List.of())));
    }

    /** As in Helm’s values files: what an empty map is laid over stays. */
    @Test
    void anEmptyMapChangesNothing() throws RefusalException {
        assertEquals("a=1", read(Map.of("a", 1, "env", Map.of())));
    }

    @Test
    void typesAreTags() throws RefusalException {
        assertEquals("n=!!int 5", readTyped(5));
        assertEquals("n=!!int -12345678901234567890", readTyped(new BigInteger("-12345678901234567890")));
        assertEquals("n=!!float 1.50", readTyped(new BigDecimal("1.50")));
        assertEquals("n=!!float 5.0", readTyped(5.0));
        assertEquals("n=!!float 1E+3", readTyped(new BigDecimal("1E+3")));
        assertEquals("n=!!bool true", readTyped(true));
        assertEquals("n=!!seq []", readTyped(List.of()));
        assertEquals("n=!!map {}", readTyped(Map.of()));
        assertEquals("-n", readTyped(null));
    }

    /** Also a text that looks like one with a tag. */
    @Test
    void aTextHasATagIfItCouldBeReadAsADifferentType() throws RefusalException {
        for (String text : List.of("5", "-0.5", "1e6", "true", "false", "null", "[]", "{}", "!!int 5", "!!")) {
            assertEquals("n=!!str " + text, readTyped(text));
        }
        for (String text : List.of("", "v1", "1.2.3", "007", "+49", "yes", "True", "[a]", "! important", "1_000")) {
            assertEquals("n=" + text, readTyped(text));
        }
        assertEquals("n=x", readTyped('x'));
        assertEquals("n=!!str 5", readTyped(new StringBuilder("5")));
    }

    @Test
    void whatHasNoTypeIsRefused() {
        for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, List.of(1), new Object())) {
            assertThrows(RefusalException.class, () -> readTyped(value));
        }
    }

    private static String readTyped(Object value) throws RefusalException {
        return OverridesMap.readTagged(OverridesMap.flat(Collections.singletonMap("n", value)))
                .toString();
    }

    /** Whatever is nested is the same when it is read again, and has no key that the snippet generator gets wrong. */
    @Test
    void nestedSaysTheSame() throws RefusalException {
        Map<String, Object> flat = new LinkedHashMap<>();
        flat.put("image.tag", "v1");
        flat.put("image", "both");
        flat.put("image.name", null);
        flat.put("a", "1");
        flat.put("a.b", "2");
        flat.put("a.b.c", "3");
        flat.put("with-hyphen.x", "4");
        flat.put("env", Map.of());
        flat.put("env.COLOR", "red");
        flat.put("list", List.of());
        flat.put("podAnnotations.prometheus\\.io/scrape", "true");
        flat.put("podLabels.example\\. com", "5");
        flat.put("odd.x\\\\.y", "6");
        flat.put("odd.x\\ .y\\\\.z", "7");
        Map<String, Object> nested = OverridesMap.nested(flat);
        assertEquals(Map.of("prometheus\\.io/scrape", "true"), nested.get("podAnnotations"));
        assertEquals(
                OverridesMap.read(flat).asMap(),
                OverridesMap.read(OverridesMap.flat(nested)).asMap());
        nested.keySet().forEach(key -> assertEquals(SourceVersion.isIdentifier(key), SourceVersion.isName(key), key));
    }

    private static String read(Map<?, ?> given) throws RefusalException {
        return OverridesMap.read(OverridesMap.flat(given)).toString();
    }
}
