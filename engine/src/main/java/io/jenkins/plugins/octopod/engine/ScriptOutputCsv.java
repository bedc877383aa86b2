package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Parser for the output of the config scripts and {@code info}: two-column CSV, or one key per line. */
public final class ScriptOutputCsv {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private ScriptOutputCsv() {}

    /**
     * Returns the rows of {@code deployment_config} and {@code application_config}. A repeated key keeps its position
     * and gets the later value.
     *
     * @throws UnreadableOutputException if a line is invalid; the message names it
     */
    public static Configuration configuration(ControlScript script, String output) throws UnreadableOutputException {
        Map<String, String> values = new LinkedHashMap<>();
        for (CSVRecord row : twoColumns(script, output)) {
            if (ConfigurationKey.normalize(row.get(0)).isEmpty()) {
                throw unreadable(script, row, "has no key in its first column");
            }
            values.put(row.get(0), row.get(1));
        }
        return Configuration.of(values);
    }

    /**
     * Returns the rows of {@code info}.
     *
     * @throws UnreadableOutputException if a line is invalid; the message names it
     */
    public static List<StagingLink> links(String output) throws UnreadableOutputException {
        List<StagingLink> links = new ArrayList<>();
        for (CSVRecord row : twoColumns(ControlScript.INFO, output)) {
            links.add(new StagingLink(row.get(0).strip(), row.get(1).strip()));
        }
        return List.copyOf(links);
    }

    /**
     * Returns the keys of {@code deployment_config_keys} and {@code application_config_keys}, without empty lines and
     * duplicates.
     */
    public static List<String> keys(String output) {
        return output.lines()
                .map(ConfigurationKey::normalize)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    private static List<CSVRecord> twoColumns(ControlScript script, String output) throws UnreadableOutputException {
        List<CSVRecord> rows;
        try (CSVParser parser = CSVParser.parse(new StringReader(output), FORMAT)) {
            rows = parser.getRecords();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UnreadableOutputException(
                    script, "isn’t CSV: a quote is opened and not closed, or something follows a closing quote");
        }
        List<CSVRecord> filled = new ArrayList<>();
        for (CSVRecord row : rows) {
            if (row.size() == 1 && row.get(0).isBlank()) {
                continue;
            }
            if (row.size() != 2) {
                throw unreadable(
                        script,
                        row,
                        "has " + row.size() + (row.size() == 1 ? " column" : " columns") + " where two are expected");
            }
            filled.add(row);
        }
        return filled;
    }

    private static UnreadableOutputException unreadable(ControlScript script, CSVRecord row, String what) {
        String line = String.join(",", row.toList());
        String shown = QuotedText.of(line, 80);
        return new UnreadableOutputException(script, what + " (row " + row.getRecordNumber() + ": “" + shown + "”)");
    }
}
