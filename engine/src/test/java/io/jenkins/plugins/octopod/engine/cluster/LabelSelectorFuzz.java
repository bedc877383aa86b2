package io.jenkins.plugins.octopod.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A label selector is read and selects by its labels, or is refused with a sentence. */
public final class LabelSelectorFuzz {

    private LabelSelectorFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> texts = new FuzzInput(input).texts();
        LabelSelector selector;
        try {
            selector = LabelSelector.parse(texts.get(0));
        } catch (IllegalArgumentException e) {
            Sentences.assertOneLine(e.getMessage());
            return;
        }
        Map<String, String> labels = new HashMap<>();
        for (String label : texts.subList(1, texts.size())) {
            int equals = Math.max(0, label.indexOf('='));
            labels.put(label.substring(0, equals), label.substring(equals));
        }
        boolean matches = selector.matches(labels);
        selector.label().ifPresent(label -> {
            assertTrue(label.matches("[-A-Za-z0-9_./]+=[-A-Za-z0-9_.]*"), label);
            int equals = label.indexOf('=');
            assertTrue(
                    !matches || label.substring(equals + 1).equals(labels.get(label.substring(0, equals))),
                    "a label that all have that are selected");
        });
    }
}
