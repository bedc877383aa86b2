package io.jenkins.plugins.octopod.fuzz;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.text.PrintableText;

/** What is made of input can be stored, and be an argument of a program. */
public final class Storable {

    private Storable() {}

    /** Asserts that no key has a “=”, and that there is nothing in keys and values that no program can be given. */
    public static void assertOverrides(Overrides overrides) {
        overrides.asMap().forEach(Storable::assertOverride);
    }

    /** @param value may be null */
    public static void assertOverride(String key, String value) {
        if (PrintableText.firstUnstorable(key).isPresent() || key.indexOf('=') >= 0) {
            throw new AssertionError("The key can't be stored: " + key);
        }
        if (value != null && PrintableText.firstUnstorable(value).isPresent()) {
            throw new AssertionError("The value can't be stored: " + key + '=' + value);
        }
    }
}
