package io.jenkins.plugins.octopod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Counts the words that the section “Writing” of CONTRIBUTING.md tells authors to avoid. Each kind of place has a ceiling, which
 * must be lowered when the count falls.
 */
class WritingTest {

    /** How far a count can be below its ceiling before the test fails. */
    private static final int SLACK = 3;

    private static final Pattern WORDS = Pattern.compile(
            "\\b(nobody|somebody|whoever|anew|meanwhile|null(}|</code>)?GAPwhere|byGAPnow|(is|are)GAPtold|soGAPmany)\\b"
                    .replace("GAP", "[\\s*/#]+"), // two words can be on two lines of a comment
            Pattern.CASE_INSENSITIVE);

    /** A description that makes no sense without the parameter’s name in front of it. */
    private static final Pattern TAIL = Pattern.compile("@param\\s+[\\w<>]+[\\s*]+(of|that|for|in)\\b[^\\n@]*");

    private static final UnaryOperator<String> ALL = text -> text;

    /** A kind of place. The number is its ceiling. */
    private enum Place {
        JAVA_COMMENTS(0, WORDS, WritingTest::javaSources, WritingTest::comments),
        PARAM_TAILS(0, TAIL, WritingTest::javaSources, WritingTest::comments),
        JAVASCRIPT_COMMENTS(0, WORDS, () -> files("src/main/webapp", ".js"), WritingTest::comments),
        MESSAGES(0, WORDS, () -> files("src/main/resources", ".properties"), WritingTest::withoutKeys),
        HELP(0, WORDS, () -> files("src/main/resources", ".html"), ALL),
        JELLY(0, WORDS, () -> files("src/main/resources", ".jelly"), WritingTest::withoutTags),
        DOCS(0, WORDS, WritingTest::pages, WritingTest::withoutExamples),
        OPENAPI(0, WORDS, () -> List.of(Path.of("docs/openapi.yaml")), ALL),
        HELM_COMMENTS(0, WORDS, () -> files("scripts/helm", ""), WritingTest::shellComments);

        private final int ceiling;
        private final Pattern avoided;
        private final Supplier<List<Path>> files;
        private final UnaryOperator<String> prose;

        Place(int ceiling, Pattern avoided, Supplier<List<Path>> files, UnaryOperator<String> prose) {
            this.ceiling = ceiling;
            this.avoided = avoided;
            this.files = files;
            this.prose = prose;
        }

        /** Returns file, line and text of each match. */
        List<String> matches() {
            return files.get().stream()
                    .flatMap(file -> WritingTest.matches(avoided, prose.apply(read(file))).stream()
                            .map(match -> file + ":" + match))
                    .toList();
        }
    }

    @Test
    void countsStayNearTheirCeilings() {
        Map<Place, List<String>> found = new EnumMap<>(Place.class);
        List<String> problems = new ArrayList<>();
        for (Place place : Place.values()) {
            List<String> matches = place.matches();
            found.put(place, matches);
            if (matches.size() > place.ceiling) {
                problems.add(("%s: %d, and at most %d are allowed. Rewrite the sentences that you have added or changed"
                                + " as CONTRIBUTING.md says under “Writing”. All places:%n%s")
                        .formatted(place, matches.size(), place.ceiling, String.join("\n", matches)));
            } else if (matches.size() < place.ceiling - SLACK) {
                problems.add("%s: %d, and %d are allowed. Lower the ceiling of %s in WritingTest to %d."
                        .formatted(place, matches.size(), place.ceiling, place, matches.size()));
            }
        }
        if (!problems.isEmpty()) {
            String counts = found.entrySet().stream()
                    .map(entry -> "  %s(%d, …"
                            .formatted(entry.getKey(), entry.getValue().size()))
                    .collect(Collectors.joining("\n"));
            fail(String.join("\n\n", problems) + "\n\nAll counts, as WritingTest has them:\n" + counts);
        }
    }

    @Test
    void findsWordsInProseOnly() {
        String java = "/** Nobody\n * is\n * told. */ String nobody = \"// somebody\"; // null where unknown\n";
        assertEquals(List.of("1: Nobody", "2: is told", "3: null where"), matches(WORDS, comments(java)));
        assertEquals(List.of("1: Anew"), matches(WORDS, withoutKeys("anew=Anew\n")));
        assertEquals(List.of("1: by now"), matches(WORDS, withoutTags("<p class=\"meanwhile\">by now</p>")));
        assertEquals(List.of("2: so many"), matches(WORDS, shellComments("echo nobody\nx=$# # so many\n")));
        assertEquals(
                List.of("3: Whoever", "5: meanwhile"),
                matches(WORDS, withoutExamples("## Writing\n| nobody |\nWhoever\n## Next\n| meanwhile |\n")));
        assertEquals(
                List.of("1: @param name of that"),
                matches(TAIL, comments("/** @param name of that\n * @param id id of that */")));
    }

    private static List<String> matches(Pattern avoided, String prose) {
        return avoided.matcher(prose)
                .results()
                .map(match -> "%d: %s"
                        .formatted(
                                prose.substring(0, match.start()).lines().count()
                                        + (atLineStart(prose, match.start()) ? 1 : 0),
                                match.group().replaceAll("[\\s*/#]+", " ").strip()))
                .toList();
    }

    private static boolean atLineStart(String text, int index) {
        return index == 0 || text.charAt(index - 1) == '\n';
    }

    private static List<Path> javaSources() {
        return Stream.of("src/main/java", "engine/src/main/java")
                .flatMap(root -> files(root, ".java").stream())
                .toList();
    }

    private static List<Path> pages() {
        return Stream.concat(files("docs", ".md").stream(), Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")))
                .toList();
    }

    private static List<Path> files(String root, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the comments of Java or JavaScript. Code becomes empty lines, so that lines keep their numbers. */
    private static String comments(String source) {
        StringBuilder comments = new StringBuilder();
        int index = 0;
        while (index < source.length()) {
            int end = index + 1;
            boolean comment = false;
            if (source.startsWith("//", index)) {
                end = end(source, source.indexOf('\n', index), 0);
                comment = true;
            } else if (source.startsWith("/*", index)) {
                end = end(source, source.indexOf("*/", index + 2), 2);
                comment = true;
            } else if (source.startsWith("\"\"\"", index)) {
                end = end(source, source.indexOf("\"\"\"", index + 3), 3);
            } else if ("\"'`".indexOf(source.charAt(index)) >= 0) {
                end = endOfString(source, index);
            }
            String part = source.substring(index, end);
            comments.append(comment ? part : part.replaceAll("[^\\n]+", ";"));
            index = end;
        }
        return comments.toString();
    }

    private static int end(String source, int found, int length) {
        return found < 0 ? source.length() : found + length;
    }

    /** A string ends at its quote. If there is none, it was part of a regular expression, and ends with the line. */
    private static int endOfString(String source, int start) {
        char quote = source.charAt(start);
        for (int index = start + 1; index < source.length(); index++) {
            char character = source.charAt(index);
            if (character == quote || character == '\n' && quote != '`') {
                return character == quote ? index + 1 : index;
            }
            if (character == '\\') {
                index++;
            }
        }
        return source.length();
    }

    private static String withoutKeys(String properties) {
        return properties.replaceAll("(?m)^[\\w.-]+\\s*=", "");
    }

    /** Comments stay. */
    private static String withoutTags(String jelly) {
        return Pattern.compile("<(?!!)[^>]*>").matcher(jelly).replaceAll(tag -> tag.group()
                .replaceAll("[^\\n]+", ";"));
    }

    private static String shellComments(String script) {
        return eachLine(script, line -> {
            var comment = Pattern.compile("(^|\\s)#.*").matcher(line);
            return comment.find() ? comment.group() : ";";
        });
    }

    /** The tables of the section “Writing” quote what they are about. */
    private static String withoutExamples(String page) {
        boolean[] writing = {false};
        return eachLine(page, line -> {
            if (line.startsWith("## ")) {
                writing[0] = line.equals("## Writing");
            }
            return writing[0] && line.startsWith("|") ? ";" : line;
        });
    }

    private static String eachLine(String text, Function<String, String> change) {
        return text.lines().map(change).collect(Collectors.joining("\n"));
    }
}
