package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@code values.awk} tells a chart makes the chart's values those of the configuration: it sets what differs, removes what is
 * missing, and keeps the types of the others. The awk is the one on the PATH, or the one that the system property {@code
 * fuzz.awk} names, with the words of its command separated by spaces.
 */
public final class ValuesAwkFuzz {

    private static final Path SCRIPT = Path.of("../scripts/helm/lib/values.awk");
    private static final List<String> AWK =
            List.of(System.getProperty("fuzz.awk", "").isBlank() ? "awk" : System.getProperty("fuzz.awk"));

    /** A number whose exponent Java can’t hold. Helm reads it as a text. */
    private static final String UNREADABLE = "-?[0-9.]+[eE][-+]?[0-9]{9,}";

    private ValuesAwkFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> texts = new FuzzInput(input).texts(3);
        ObjectNode chart = chart(texts.get(0));
        Map<String, String> given;
        try {
            given = Overrides.parse(texts.get(1)).applyTo(Configuration.EMPTY).asMap();
        } catch (RefusalException e) {
            return;
        }
        if (given.values().stream().anyMatch(value -> value.matches(UNREADABLE))) {
            return;
        }
        Map<String, String> host = new LinkedHashMap<>();
        if (texts.get(2).matches("[a-z.]+=[a-z.]+")) {
            host.put(texts.get(2).replaceAll("=.*", ""), texts.get(2).replaceAll(".*=", ""));
        }
        Told told = run(chart, given, host);
        if (told.exitCode() == 1) {
            Sentences.assertOneLine(told.text().strip());
            assertTrue(isRefusable(given, host), told.text());
        } else {
            assertEquals(0, told.exitCode(), told.text());
            assertMakes(chart, given, host, ChartValues.parse(told.text()));
        }
    }

    /** The values out of lines KEY=VALUE. A value is text if it isn’t JSON of one word, or has a tilde before it. */
    private static ObjectNode chart(String text) {
        ObjectNode chart = ChartValues.JSON.createObjectNode();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            List<Object> path = ChartValues.path(equals < 0 ? line : line.substring(0, equals));
            if (path != null && path.get(0) instanceof String) {
                ChartValues.add(chart, path, value(equals < 0 ? "null" : line.substring(equals + 1)));
            }
        }
        return chart;
    }

    private static JsonNode value(String text) {
        return text.matches("true|false|null|\\[]|\\{}|-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,9})?")
                ? ChartValues.parse(text)
                : TextNode.valueOf(text.replaceFirst("^~", "").replace("\0", ""));
    }

    /** A key that can’t be read, two keys of which one is below the other or that differ in kind, or a wrong tag. */
    private static boolean isRefusable(Map<String, String> given, Map<String, String> host) {
        Set<Object> maps = new HashSet<>();
        Set<Object> lists = new HashSet<>();
        Set<Object> leaves = new HashSet<>();
        for (Map<String, String> each : List.of(given, host)) {
            for (Map.Entry<String, String> entry : each.entrySet()) {
                List<Object> path = ChartValues.path(entry.getKey());
                if (path == null || entry.getValue().startsWith("!!")) {
                    return true;
                }
                leaves.add(path);
                for (int i = 0; i < path.size(); i++) {
                    (path.get(i) instanceof Integer ? lists : maps).add(path.subList(0, i));
                }
            }
        }
        return maps.stream().anyMatch(lists::contains)
                || leaves.stream().anyMatch(leaf -> maps.contains(leaf) || lists.contains(leaf));
    }

    private static void assertMakes(
            ObjectNode chart, Map<String, String> given, Map<String, String> host, JsonNode told) {
        Map<List<Object>, JsonNode> before = new LinkedHashMap<>();
        ChartValues.flatten("", chart, (key, value) -> before.put(ChartValues.path(key), value));
        Map<List<Object>, String> wanted = new LinkedHashMap<>();
        given.forEach((key, value) -> wanted.put(ChartValues.path(key), value));
        boolean known = wanted.keySet().stream().anyMatch(before::containsKey);
        // A default that wasn't changed gives way to what is set above or below it, or to a list in the place of its
        // map.
        wanted.entrySet()
                .removeIf(entry -> before.containsKey(entry.getKey())
                        && text(before.get(entry.getKey())).equals(entry.getValue())
                        && given.keySet().stream()
                                .map(ChartValues::path)
                                .anyMatch(other -> isBelow(other, entry.getKey())
                                        || isBelow(entry.getKey(), other)
                                        || differsInKind(other, entry.getKey())));
        host.forEach((key, value) -> addHost(ChartValues.path(key), value, before, wanted, known));
        ObjectNode after = chart.deepCopy();
        ChartValues.merge(after, told);
        if (wanted.values().stream().anyMatch(value -> value.matches("(?s)null|\\[]|\\{}|!!.*"))) {
            return; // What these do to what is below them isn't modelled.
        }
        wanted.forEach((path, value) -> {
            if (listOf(path).isEmpty()) {
                assertText(value, before.get(path), ChartValues.at(after, path));
            }
        });
        before.forEach((path, value) -> {
            boolean isRemoved = known && !value.isContainerNode() && !value.isNull() && !wanted.containsKey(path);
            if (isRemoved
                    && listOf(path).isEmpty()
                    && wanted.keySet().stream().noneMatch(other -> isBelow(other, path))) {
                assertTrue(ChartValues.at(after, path).isMissingNode(), path::toString);
            }
        });
        Set<List<Object>> lists = new HashSet<>();
        Stream.concat(before.keySet().stream(), wanted.keySet().stream())
                .map(ValuesAwkFuzz::listOf)
                .filter(list -> !list.isEmpty())
                .forEach(lists::add);
        lists.forEach(list -> assertList(list, before, wanted, known, after));
    }

    private static void addHost(
            List<Object> path,
            String value,
            Map<List<Object>, JsonNode> before,
            Map<List<Object>, String> wanted,
            boolean known) {
        boolean removed = known && before.containsKey(path) && !wanted.containsKey(path);
        boolean chosen = wanted.containsKey(path)
                && !(before.containsKey(path) && text(before.get(path)).equals(wanted.get(path)));
        if (!removed && !chosen) {
            wanted.put(path, value);
        }
    }

    /** What was there and isn’t removed, and what is new, each as often as it was given. */
    private static void assertList(
            List<Object> list,
            Map<List<Object>, JsonNode> before,
            Map<List<Object>, String> wanted,
            boolean known,
            ObjectNode after) {
        if (wanted.keySet().stream()
                .anyMatch(path -> isBelow(list, path) || path.equals(list) || differsInKind(path, list))) {
            return; // The list, or what it is in, has a value of its own or is of another kind.
        }
        List<String> expected = new ArrayList<>();
        wanted.forEach((path, value) -> {
            if (isBelow(path, list)) {
                expected.add(number(value));
            }
        });
        if (!known) {
            boolean isTold = !expected.isEmpty();
            before.forEach((path, value) -> {
                if (!isTold && isBelow(path, list) && !value.isContainerNode() && !value.isNull()) {
                    expected.add(number(text(value)));
                }
            });
        }
        List<String> actual = new ArrayList<>();
        ChartValues.flatten("", ChartValues.at(after, list), (key, value) -> {
            if (!value.isContainerNode() && !value.isNull()) {
                actual.add(number(text(value)));
            }
        });
        Collections.sort(expected);
        Collections.sort(actual);
        assertEquals(expected, actual, list::toString);
    }

    /** Whether one path has an element of a list in a place where the other has a key of a map. */
    private static boolean differsInKind(List<Object> path, List<Object> other) {
        for (int i = 0; i < Math.min(path.size(), other.size()); i++) {
            if (!path.get(i).equals(other.get(i))) {
                return path.get(i) instanceof Integer != other.get(i) instanceof Integer;
            }
        }
        return false;
    }

    private static void assertText(String value, JsonNode before, JsonNode after) {
        assertEquals(number(value), number(text(after)));
        if (before != null && text(before).equals(value)) {
            assertEquals(before, after, "what is as the chart has it keeps its type");
        } else if (before != null && before.isTextual()) {
            assertTrue(after.isTextual(), value);
        }
    }

    /** Numbers are told as they are written, and Jackson writes them in its own way. */
    private static String number(String text) {
        return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,8})?")
                ? new BigDecimal(text).stripTrailingZeros().toString()
                : text;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }

    private static List<Object> listOf(List<Object> path) {
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i) instanceof Integer) {
                return path.subList(0, i);
            }
        }
        return List.of();
    }

    private static boolean isBelow(List<Object> path, List<Object> other) {
        return path.size() > other.size() && path.subList(0, other.size()).equals(other);
    }

    private static String chartLines(ObjectNode chart) {
        StringBuilder lines = new StringBuilder();
        ChartValues.flatten("", chart, (key, value) -> lines.append(
                        value.isTextual()
                                ? "s "
                                : value.isEmpty() && !value.isValueNode() || value.isNull() ? "e " : "j ")
                .append(line(key, text(value)))
                .append('\n'));
        return lines.toString();
    }

    private static String line(String key, String value) {
        return escape(key + '=' + value);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private record Told(int exitCode, String text) {}

    private static Told run(ObjectNode chart, Map<String, String> given, Map<String, String> host) {
        try {
            Path directory = Files.createTempDirectory("octopod-fuzz");
            try {
                List<String> words =
                        new ArrayList<>(List.of(String.join(" ", AWK).split(" ")));
                words.addAll(List.of("-f", SCRIPT.toAbsolutePath().toString()));
                words.add(Files.writeString(directory.resolve("chart"), chartLines(chart))
                        .toString());
                words.add(write(directory.resolve("given"), given));
                words.add(write(directory.resolve("host"), host));
                words.add(write(directory.resolve("tag"), Map.of()));
                return told(words, directory);
            } finally {
                for (String file : List.of("chart", "given", "host", "tag", "numbers", "removed", "out", "err")) {
                    Files.deleteIfExists(directory.resolve(file));
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Told told(List<String> words, Path directory) throws IOException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("tag_key", "image.tag");
        builder.environment().put("numbers", directory.resolve("numbers").toString());
        builder.environment().put("removed", directory.resolve("removed").toString());
        Process process = FuzzProcess.start(builder);
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "awk ends");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertEquals("", Files.readString(err));
        return new Told(process.exitValue(), new String(Files.readAllBytes(out), StandardCharsets.UTF_8));
    }

    private static String write(Path file, Map<String, String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(line(key, value)).append('\n'));
        return Files.writeString(file, text).toString();
    }
}
