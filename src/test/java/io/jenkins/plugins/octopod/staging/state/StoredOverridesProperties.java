package io.jenkins.plugins.octopod.staging.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.XStream2;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What people type is either refused, or read again from a file as it was written. */
class StoredOverridesProperties {

    private static final XStream2 XSTREAM = new XStream2();

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\0', '\uffff').ofMaxLength(8),
                Arbitraries.strings().withCharRange('\0', '\u00a0').ofMaxLength(8),
                Arbitraries.strings()
                        .withChars('a', '\r', '\n', '\t', '\ud83d', '\ude00', '\u0085', '\u2028', '&', '<', ']')
                        .ofMaxLength(8));
    }

    @Property(tries = 3000)
    void whatIsAcceptedIsReadAsItWasWritten(@ForAll("anything") String key, @ForAll("anything") String value)
            throws IOException {
        Overrides overrides;
        try {
            overrides = new Overrides.Builder()
                    .set(key, value)
                    .remove("removed." + key)
                    .build();
        } catch (RefusalException e) {
            assertTrue(
                    e.getMessage().chars().noneMatch(character -> character < ' '),
                    "the sentence can be printed: " + e.getMessage());
            return;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        XSTREAM.toXMLUTF8(overrides, file);
        assertEquals(overrides, XSTREAM.fromXML(new ByteArrayInputStream(file.toByteArray())));
    }
}
