package io.jenkins.plugins.octopod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the documentation’s links to files and headings of this repository lead somewhere. */
class DocumentationLinksTest {

    /** The target of a link or an image, unless it is an address with a scheme. */
    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)\\s#]*)(?:#([^)\\s]*))?\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static final Path DECISIONS = Path.of("docs/decisions");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = pages().stream()
                .flatMap(page -> LINK.matcher(prose(page))
                        .results()
                        .filter(link -> !leadsSomewhere(page, link.group(1), link.group(2)))
                        .map(link -> page + ": " + link.group()))
                .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void theIndexHasEachDecision() throws IOException {
        String index = prose(DECISIONS.resolve("README.md"));
        try (Stream<Path> files = Files.list(DECISIONS)) {
            List<String> missing = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")"))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void decisionsHaveOneShape() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*"))
                    .forEach(file -> assertEquals(
                            List.of("Context", "Decision", "Consequences"),
                            HEADING.matcher(prose(file))
                                    .results()
                                    .skip(1)
                                    .map(heading -> heading.group(1))
                                    .toList(),
                            file.toString()));
        }
    }

    @Test
    void findsHeadings() {
        assertTrue(headings(Path.of("CONTRIBUTING.md")).containsAll(Set.of("two-commands", "how-we-write-code")));
    }

    private static boolean leadsSomewhere(Path page, String file, String heading) {
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        return Files.exists(target)
                && (heading == null
                        || !target.toString().endsWith(".md")
                        || headings(target).contains(heading));
    }

    /** Returns the fragments that GitHub gives to a page’s headings. */
    private static Set<String> headings(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> folders = Stream.of("docs", "demo", "scripts").flatMap(folder -> walk(Path.of(folder)))) {
            return Stream.concat(root, folders)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a page without its examples. */
    private static String prose(Path page) {
        try {
            return Files.readString(page).replaceAll("(?ms)^```.*?^```", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
