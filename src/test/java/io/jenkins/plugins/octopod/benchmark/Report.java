package io.jenkins.plugins.octopod.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the rows of one benchmark, prints them as a table and writes them as JSON. */
final class Report {

    private static final Path DIRECTORY = Path.of("target", "benchmarks");

    private final String name;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Report(String name) {
        this.name = name;
    }

    /** A row of names and values, in turn. */
    void add(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        rows.add(row);
    }

    void finish() throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", name);
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("java", Runtime.version().toString());
        report.put("rows", rows);
        Files.createDirectories(DIRECTORY);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(DIRECTORY.resolve(name + ".json").toFile(), report);
        System.out.println(table());
    }

    private String table() {
        StringBuilder table = new StringBuilder("\n" + name + "\n");
        List<String> header = List.copyOf(rows.get(0).keySet());
        table.append(line(header));
        rows.forEach(row -> table.append(
                line(header.stream().map(key -> shown(row.get(key))).toList())));
        return table.toString();
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        cells.forEach(cell -> line.append(String.format(Locale.ROOT, "%26s", cell)));
        return line.append('\n').toString();
    }

    private static String shown(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number)
                : String.valueOf(value);
    }
}
