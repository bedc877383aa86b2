package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of all overrides and defaults. */
class OverridesProperties {

    @Property
    void whatIsPrintedReadsBack(@ForAll("overrides") Overrides overrides) throws RefusalException {
        assertEquals(overrides, Overrides.parse(overrides.toString()));
    }

    @Property
    void setKeysHaveTheirValueAndRemovedOnesAreGone(
            @ForAll("overrides") Overrides overrides, @ForAll("configurations") Configuration defaults) {
        Map<String, String> full = overrides.applyTo(defaults).asMap();
        overrides.asMap().forEach((key, value) -> {
            if (value == null) {
                assertFalse(full.containsKey(key));
            } else {
                assertEquals(value, full.get(key));
            }
        });
        defaults.asMap().forEach((key, value) -> {
            if (!overrides.asMap().containsKey(key)) {
                assertEquals(value, full.get(key));
            }
        });
    }

    @Property
    void defaultsComeFirstInTheirOrderThenNewKeysInTheirs(
            @ForAll("overrides") Overrides overrides, @ForAll("configurations") Configuration defaults) {
        List<String> expected = new ArrayList<>(defaults.asMap().keySet());
        overrides.asMap().keySet().stream()
                .filter(key -> !expected.contains(key))
                .toList()
                .forEach(expected::add);
        expected.removeIf(overrides::isRemoved);
        assertEquals(expected, List.copyOf(overrides.applyTo(defaults).asMap().keySet()));
    }

    @Property
    void mergingIsApplyingOneAfterTheOther(
            @ForAll("overrides") Overrides first,
            @ForAll("overrides") Overrides second,
            @ForAll("configurations") Configuration defaults) {
        assertEquals(
                second.applyTo(first.applyTo(defaults)).asMap(),
                first.mergedWith(second).applyTo(defaults).asMap());
    }

    @Provide
    Arbitrary<Overrides> overrides() {
        return Arbitraries.maps(keys(), values().injectNull(0.3)).ofMaxSize(8).map(entries -> {
            try {
                return Overrides.of(new LinkedHashMap<>(entries));
            } catch (RefusalException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Provide
    Arbitrary<Configuration> configurations() {
        return Arbitraries.maps(keys(), values()).ofMaxSize(8).map(Configuration::of);
    }

    /** Few letters, so that overrides meet defaults; any letter but what {@code KEY=VALUE} gives a meaning. */
    private static Arbitrary<String> keys() {
        Arbitrary<String> few =
                Arbitraries.strings().withChars("ab.- ").ofMinLength(1).ofMaxLength(4);
        Arbitrary<String> any = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(10)
                .filter(key -> PrintableText.firstUnstorable(key).isEmpty());
        return Arbitraries.oneOf(few, any)
                .filter(key -> !ConfigurationKey.normalize(key).isEmpty())
                .filter(key -> key.chars().noneMatch(c -> c == '=' || c == '#' || Character.isISOControl(c)))
                .filter(key -> !key.matches("(?s).*\\R.*"));
    }

    /** Anything that is one line and doesn't end in white space. */
    private static Arbitrary<String> values() {
        return Arbitraries.strings()
                .ofMaxLength(12)
                .filter(value -> PrintableText.firstUnstorable(value).isEmpty() && !value.matches("(?s).*\\R.*"))
                .map(String::stripTrailing);
    }
}
