package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {

    @Test
    void overriddenDefaultsKeepTheirPlaceAndNewKeysFollow() throws RefusalException {
        Configuration full = Overrides.parse("z=26\nb=two\n-c\na.new=1").applyTo(defaults());
        assertEquals(Map.of("a", "1", "b", "two", "d", "4", "z", "26", "a.new", "1"), full.asMap());
        assertEquals(
                List.of("a", "b", "d", "z", "a.new"), List.copyOf(full.asMap().keySet()));
    }

    @Test
    void removingWhatIsNotThereIsNoMatter() throws RefusalException {
        assertEquals(defaults(), Overrides.parse("-nothing").applyTo(defaults()));
        assertEquals(defaults(), Overrides.NONE.applyTo(defaults()));
    }

    @Test
    void anEmptyValueIsAValue() throws RefusalException {
        Overrides overrides = Overrides.parse("a=");
        assertEquals(Optional.of(""), overrides.value("a"));
        assertFalse(overrides.isRemoved("a"));
        assertEquals("", overrides.applyTo(defaults()).asMap().get("a"));
    }

    @Test
    void tellsSetRemovedAndUnknownApart() throws RefusalException {
        Overrides overrides = Overrides.parse("a=1\n-b");
        assertTrue(overrides.isRemoved("b"));
        assertEquals(Optional.empty(), overrides.value("b"));
        assertFalse(overrides.isRemoved("c"));
        assertEquals(Optional.empty(), overrides.value("c"));
        assertFalse(overrides.isEmpty());
        assertTrue(Overrides.NONE.isEmpty());
    }

    @Test
    void areAListInTheirOrderAndPutTogetherOfOne() throws RefusalException {
        Overrides overrides = Overrides.parse("z=1\n-b\na=");
        assertEquals(List.of("z: 1", "b: null", "a: "), overrides.toList((key, value) -> key + ": " + value));
        Overrides.Builder builder = new Overrides.Builder();
        for (Map.Entry<String, String> entry : overrides.asMap().entrySet()) {
            builder.put(entry.getKey(), entry.getValue());
        }
        assertEquals(overrides, builder.build());
        assertEquals(List.of("b=2"), Configuration.of(Map.of("b", "2")).toList((key, value) -> key + '=' + value));
    }

    @Test
    void laterOverridesWin() throws RefusalException {
        Overrides merged = Overrides.parse("a=1\nb=2\n-c").mergedWith(Overrides.parse("-b\nc=3\nd=4\na=5"));
        assertEquals("a=5\n-b\nc=3\nd=4", merged.toString());
    }

    @Test
    void aKeyGivenAgainKeepsItsPlace() throws RefusalException {
        assertEquals("a=3\nb=2", Overrides.parse("a=1\nb=2\na=3").toString());
    }

    @ParameterizedTest
    @CsvSource({"a..b, a.b", ".a.b., a.b", "' a . b ', a.b", "a, a", "A.b-c_d, A.b-c_d"})
    void dottedKeysAreNormalized(String typed, String kept) throws RefusalException {
        assertEquals(kept + "=1", Overrides.parse(typed + "=1").toString());
        assertEquals("-" + kept, Overrides.parse("-" + typed).toString());
        assertEquals(Map.of(kept, "1"), Configuration.of(Map.of(typed, "1")).asMap());
    }

    @Test
    void dottedKeysThatAreTheSameOverrideEachOther() throws RefusalException {
        Configuration defaults = Configuration.of(Map.of("image..tag", "latest"));
        assertEquals(
                Map.of("image.tag", "015f16e"),
                Overrides.parse(" image.tag =015f16e").applyTo(defaults).asMap());
    }

    @Test
    void readsWhatPeoplePaste() throws RefusalException {
        Overrides overrides =
                Overrides.parse("# the image\r\n\r\n  image.tag=015f16e  \r\n- DEBUG\n\turl=http://x?a=b#c");
        assertEquals("image.tag=015f16e\n-DEBUG\nurl=http://x?a=b#c", overrides.toString());
    }

    @Test
    void aDashBeforeAKeyWithAValueBelongsToTheKey() throws RefusalException {
        assertEquals(Optional.of("1"), Overrides.parse("-a=1").value("-a"));
    }

    @Test
    void namesTheLineWithoutAValue() {
        assertRefused(
                "Line 2 (“DEBUG”) has no value: write KEY=VALUE to set a key, or -KEY to remove it.", "a=1\nDEBUG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1", " . =1", "..=1", "-", "- .."})
    void namesTheLineWithoutAKey(String line) {
        assertRefused(
                "Line 1 (“" + line.strip() + "”) has no key: write KEY=VALUE to set a key, or -KEY to remove it.",
                line);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", ".", ". ."})
    void anOverrideNeedsAKey(String key) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(key, "1");
        assertRefused("An override has no key: write it as KEY=VALUE, such as image.tag=015f16e.", entries);
        entries.put(key, null);
        assertRefused("An override has no key: write it as KEY=VALUE, such as image.tag=015f16e.", entries);
    }

    @Test
    void whatTheCommandLineCannotCarryIsRefused() {
        assertRefused("The override key “a=b” has a “=” in it, which a key can’t have.", Map.of("a=b", "1"));
        assertRefused(
                "The override key “a b” has the character U+000A in it, which a key can’t have: remove it.",
                Map.of("a\nb", "1"));
        assertRefused(
                "The override key “a\ufffdb” has the character U+D800 in it, which a key can’t have: remove it.",
                Map.of("a\ud800b", "1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x1B, 0xD83D, 0xDE00, 0xFFFE, 0xFFFF})
    void whatCannotBeStoredIsRefused(int character) {
        String sentence = String.format(
                "The value of “a.b” has the character U+%04X in it, which can’t be stored: remove it.", character);
        assertRefused(sentence, Map.of("a.b", "" + (char) character));
        assertRefused(sentence, "c=1\na.b=x" + (char) character + "y");
    }

    @Test
    void valuesMayHaveCharactersBeyondTheFirstPlane() throws RefusalException {
        assertEquals(
                Optional.of("\ud83d\ude00"),
                Overrides.of(Map.of("a", "\ud83d\ude00")).value("a"));
    }

    @Test
    void valuesMayHaveLineBreaks() throws RefusalException {
        assertEquals(Optional.of("x\ny"), Overrides.of(Map.of("a", "x\ny")).value("a"));
    }

    @Test
    void orderIsPartOfWhatTheyAre() throws RefusalException {
        assertNotEquals(Overrides.parse("a=1\nb=2"), Overrides.parse("b=2\na=1"));
        assertEquals(
                Overrides.parse("a=1\n-b").hashCode(),
                Overrides.parse("a=1\n-b").hashCode());
    }

    @Test
    void theMapCannotBeChanged() throws RefusalException {
        Map<String, String> map = Overrides.parse("a=1").asMap();
        assertThrows(UnsupportedOperationException.class, () -> map.put("b", "2"));
        Map<String, String> defaults = defaults().asMap();
        assertThrows(UnsupportedOperationException.class, defaults::clear);
    }

    @Test
    void theyTravelBetweenMachines() throws Exception {
        Overrides overrides = Overrides.parse("a=1\n-b\nc=3");
        assertEquals(overrides, copy(overrides));
        assertEquals(defaults(), copy(defaults()));
        ProjectIdentity project = new ProjectIdentity("shop", "example.com", "staging");
        assertEquals(project, copy(project));
    }

    private static Object copy(Object original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(original);
        return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static Configuration defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("a", "1");
        defaults.put("b", "2");
        defaults.put("c", "3");
        defaults.put("d", "4");
        return Configuration.of(defaults);
    }

    private static void assertRefused(String sentence, String lines) {
        assertRefused(sentence, assertThrows(RefusalException.class, () -> Overrides.parse(lines)));
    }

    private static void assertRefused(String sentence, Map<String, String> entries) {
        assertRefused(sentence, assertThrows(RefusalException.class, () -> Overrides.of(entries)));
    }

    private static void assertRefused(String sentence, RefusalException refusal) {
        assertEquals(sentence, refusal.getMessage());
        assertEquals(Reason.INVALID_INPUT, refusal.getReason());
    }
}
