package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.octopod.cli.options.OverrideChanges;
import io.jenkins.plugins.octopod.cli.options.UpdateOptions;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.ParserProperties;

/** What holds of all command lines about configuration. */
class OverrideOptionsProperties {

    /** One option about a key of the application: to set it, to remove it, or to undo either. */
    record Edit(String option, String key, String value) {

        List<String> arguments() {
            return List.of(option, value == null ? key : key + '=' + value);
        }

        void applyTo(Map<String, String> overrides) {
            if (option.equals("-E")) {
                overrides.remove(key);
            } else {
                overrides.put(key, value);
            }
        }
    }

    /** The same comes of it as of one edit after the other. */
    @Property
    void oneAfterTheOther(@ForAll("overrides") Map<String, String> before, @ForAll("edits") List<Edit> edits)
            throws Exception {
        UpdateOptions options = new UpdateOptions();
        List<String> arguments = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>(before);
        for (Edit edit : edits) {
            arguments.addAll(edit.arguments());
            edit.applyTo(expected);
        }
        parser(options).parseArgument(arguments);
        assertEquals(
                expected, options.application().appliedTo(Overrides.of(before)).asMap());
        assertEquals(Overrides.NONE, options.deployment().overrides());
    }

    /** An update that undoes nothing is what is wanted, over what there is; so nobody needs to know that. */
    @Property
    void settingIsMerging(@ForAll("overrides") Map<String, String> before, @ForAll("edits") List<Edit> edits)
            throws Exception {
        OverrideChanges edit = new OverrideChanges();
        for (Edit each : edits) {
            if (each.option().equals("-e")) {
                edit.set(each.key() + '=' + each.value());
            } else {
                edit.remove(each.key());
            }
        }
        assertFalse(edit.isUnsetting());
        assertEquals(Overrides.of(before).mergedWith(edit.overrides()), edit.appliedTo(Overrides.of(before)));
    }

    /** Whatever is typed is understood, or refused with a sentence. */
    @Property
    void anyArguments(@ForAll("arguments") List<String> arguments) {
        UpdateOptions options = new UpdateOptions();
        try {
            parser(options).parseArgument(arguments);
            options.application().appliedTo(Overrides.NONE);
            options.deployment().appliedTo(Overrides.NONE);
        } catch (CmdLineException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    /** As Jenkins makes it: nothing on a command line names a file to be read. */
    private static CmdLineParser parser(UpdateOptions options) {
        return new CmdLineParser(options, ParserProperties.defaults().withAtSyntax(false));
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<String> values = Arbitraries.strings()
                .withCharRange(' ', '\u007f')
                .withChars('\t', '\n', '\r')
                .ofMaxLength(8);
        return Arbitraries.oneOf(
                        Combinators.combine(keys(), values).as((key, value) -> new Edit("-e", key, value)),
                        keys().map(key -> new Edit("--remove-app-config", key, null)),
                        keys().map(key -> new Edit("-E", key, null)))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, String>> overrides() {
        return Arbitraries.maps(
                        keys(), Arbitraries.strings().alpha().ofMaxLength(4).injectNull(0.3))
                .ofMaxSize(4);
    }

    /** So few that they meet. */
    private static Arbitrary<String> keys() {
        return Arbitraries.of("A", "B", "c.d", "c.e", "-x");
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "-e",
                                "-o",
                                "-E",
                                "-O",
                                "-t",
                                "--tag",
                                "--remove-app-config",
                                "--",
                                "-",
                                "=",
                                ".",
                                "A=1"),
                        Arbitraries.strings().ofMaxLength(10))
                .list()
                .ofMaxSize(6);
    }

    /** That keys of this test are keys. */
    @Property
    void keysAreKeys(@ForAll("overrides") Map<String, String> overrides) throws RefusalException {
        assertEquals(overrides, Overrides.of(overrides).asMap());
    }
}
