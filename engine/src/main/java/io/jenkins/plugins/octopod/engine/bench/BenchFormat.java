package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats text for the bench's messages. */
final class BenchFormat {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final int MAX_LINE_LENGTH = 400;

    private BenchFormat() {}

    static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    /** Returns a command line that can be pasted into a shell. */
    static String commandLine(List<String> command) {
        return command.stream().map(BenchFormat::shellQuoted).collect(Collectors.joining(" "));
    }

    private static String shellQuoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns a list such as “a, b, c and 2 more”. */
    static String list(List<String> items) {
        int shown = Math.min(items.size(), 3);
        String list = String.join(", ", items.subList(0, shown));
        return items.size() > shown ? list + " and " + (items.size() - shown) + " more" : list;
    }

    /** Describes the arguments of a script according to the contract, for its author. */
    static String arguments(ControlScript script) {
        String project = "--project-name P --base-domain D --namespace N";
        String deployment = "any number of --deployment-config KEY=VALUE";
        return switch (script.arguments()) {
            case NONE -> "no arguments";
            case PROJECT -> project;
            case DEPLOYMENT -> project + ", then " + deployment;
            case LIFECYCLE ->
                project + " --name NAME, then any number of --application-config KEY=VALUE and " + deployment;
            case STATUS_CHANGE -> project + " --name NAME --old-status S --new-status S";
        };
    }

    /** Returns the last lines of a script's output, each safe for a terminal. */
    static List<String> tail(String output, int lines) {
        List<String> all = output.lines().toList();
        List<String> tail = new ArrayList<>();
        for (String line : all.subList(Math.max(0, all.size() - lines), all.size())) {
            tail.add(printable(line));
        }
        return tail;
    }

    /** Returns a line of text without characters that could control a terminal. */
    static String printable(String line) {
        String plain = ESCAPE_SEQUENCE
                .matcher(line)
                .replaceAll("")
                .replace("\t", "    ")
                .replaceAll("[\\p{Cntrl}\\p{Cs}\u0080-\u009f]", "?");
        return plain.length() <= MAX_LINE_LENGTH ? plain : plain.substring(0, MAX_LINE_LENGTH) + "…";
    }
}
