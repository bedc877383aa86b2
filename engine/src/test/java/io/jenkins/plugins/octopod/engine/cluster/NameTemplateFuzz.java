package io.jenkins.plugins.octopod.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;

/** A template is filled in, each place once and nothing else, or is refused with a sentence. */
public final class NameTemplateFuzz {

    private NameTemplateFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> texts = new FuzzInput(input).texts(4);
        String template = texts.get(0);
        String expanded;
        try {
            expanded = new NameTemplate(template).expand(texts.get(1), texts.get(2), texts.get(3));
        } catch (IllegalArgumentException e) {
            Sentences.assertOneLine(e.getMessage());
            return;
        }
        // Values that nothing else can be taken for.
        String marked = new NameTemplate(template).expand("\u0001", "\u0002", "\u0003");
        assertFalse(marked.contains("${"), "each place is filled in");
        if (template.chars().noneMatch(character -> character <= 3)) {
            assertEquals(
                    template,
                    marked.replace("\u0001", "${name}")
                            .replace("\u0002", "${namespace}")
                            .replace("\u0003", "${project}"));
            StringBuilder expected = new StringBuilder();
            marked.chars()
                    .forEach(character -> expected.append(
                            character >= 1 && character <= 3
                                    ? texts.get(character)
                                    : Character.toString((char) character)));
            assertEquals(expected.toString(), expanded, "what a value has in it isn’t filled in");
        }
    }
}
