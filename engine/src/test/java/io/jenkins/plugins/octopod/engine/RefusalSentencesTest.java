package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.engine.cluster.NameTemplate;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refusal quotes what it is about on one line, cut, and without what a terminal or a file can’t take. */
class RefusalSentencesTest {

    static Stream<String> texts() {
        return Stream.of("a\nb!", "a\u001b[2Jb!", "a\u0000!", "\uD800!", "a\u2028b!", "\u0085!", "!".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void isOneShortLine(String text) {
        refused(
                RefusalException.class,
                () -> StagingName.of(text, Math.max(StagingName.MIN_LENGTH_LIMIT, text.length())));
        refused(RefusalException.class, () -> StagingName.of(text.substring(0, 1), 16));
        refused(RefusalException.class, () -> StagingName.of(text + "0123456789", 10));
        refused(RefusalException.class, () -> StagingName.fromBranch(text + '\u0001', 16));
        refused(RefusalException.class, () -> new Overrides.Builder().set(text + '=', "x"));
        refused(RefusalException.class, () -> new Overrides.Builder().set("a".repeat(text.length()), "\u0000"));
        refused(RefusalException.class, () -> Overrides.parse(text.replace("\n", "")));
        refused(IllegalArgumentException.class, () -> LabelSelector.parse("x" + text));
        refused(IllegalArgumentException.class, () -> new NameTemplate("${" + text).expand("a", "b", "c"));
        refused(UnreadableOutputException.class, () -> ScriptOutputCsv.links('"' + text + "\",b,c"));
    }

    private static void refused(Class<? extends Exception> type, Executable call) {
        Sentences.assertOneLine(assertThrows(type, call).getMessage());
    }
}
