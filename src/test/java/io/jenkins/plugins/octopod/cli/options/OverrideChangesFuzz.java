package io.jenkins.plugins.octopod.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.ParserProperties;

/** A command line about configuration is understood as one edit after the other, or is refused with a sentence. */
public final class OverrideChangesFuzz {

    private static final List<String> OPTIONS = List.of("-e", "-o", "--remove-app-config", "-E", "--", "-t");

    private OverrideChangesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> arguments = new ArrayList<>();
        for (String text : new FuzzInput(input).texts()) {
            // A digit in front stands for an option.
            int option = text.isEmpty() ? -1 : text.charAt(0) - '0';
            if (option >= 0 && option < OPTIONS.size()) {
                arguments.add(OPTIONS.get(option));
                arguments.add(text.substring(1));
            } else {
                arguments.add(text);
            }
        }
        UpdateOptions options = new UpdateOptions();
        try {
            new CmdLineParser(options, ParserProperties.defaults().withAtSyntax(false)).parseArgument(arguments);
        } catch (CmdLineException e) {
            // Whatever args4j itself quotes is what was typed, in that terminal.
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
            if (e.getParser() == null) {
                Sentences.assertOneLine(e.getMessage());
            }
            return;
        }
        for (OverrideChanges changes : List.of(options.application(), options.deployment())) {
            Overrides applied = changes.appliedTo(Overrides.NONE);
            assertEquals(applied, changes.appliedTo(applied), "a change that was made changes nothing more");
            assertEquals(changes.overrides(), applied);
        }
    }
}
