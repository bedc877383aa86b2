package io.jenkins.plugins.octopod.pipeline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.LinkedHashMap;
import java.util.Map;

/** Overrides mean the same as a flat map and as maps in maps, or are refused with a sentence. */
public final class OverridesMapFuzz {

    private OverridesMapFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, Object> flat = new LinkedHashMap<>();
        for (String pair : new FuzzInput(input).texts()) {
            int equals = pair.indexOf('=');
            flat.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? null : pair.substring(equals + 1));
        }
        Overrides overrides;
        try {
            overrides = OverridesMap.read(flat);
        } catch (RefusalException e) {
            Sentences.assertOneLine(e.getMessage());
            return;
        }
        try {
            // The order may be another, as what belongs together is put together.
            assertEquals(
                    overrides.asMap(),
                    OverridesMap.read(OverridesMap.flat(OverridesMap.nested(flat)))
                            .asMap());
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }
}
