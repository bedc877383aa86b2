package io.jenkins.plugins.octopod.engine;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
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

/** Parser for the output of the config scripts and {@code info}: CSV of one or two columns, or one key per line. */
public final class ScriptOutputCsv {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    /**
     * A version that can be deployed, as the script {@code tags} prints it.
     *
     * @param tag value of the project's tag key
     * @param description text for users; empty if there is none
     */
    public record SuggestedTag(String tag, String description) {}

    /** Maximum number of tags that are read. */
    public static final int MAX_TAGS = 1000;

    /** Maximum length in characters of a tag and of its description. */
    private static final int MAX_TAG_LENGTH = 200;

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

    /**
     * Returns the rows of {@code tags}: the first {@link #MAX_TAGS}, without duplicates. The description can be missing.
     *
     * @throws UnreadableOutputException if a line is invalid; the message names it
     */
    public static List<SuggestedTag> tags(String output) throws UnreadableOutputException {
        Map<String, SuggestedTag> tags = new LinkedHashMap<>();
        for (CSVRecord row : rows(ControlScript.TAGS, output)) {
            if (row.size() > 2) {
                throw unreadable(
                        ControlScript.TAGS, row, "has " + row.size() + " columns where at most two are expected");
            }
            String tag = row.get(0).strip();
            if (tag.isEmpty()) {
                throw unreadable(ControlScript.TAGS, row, "has no tag in its first column");
            }
            if (tag.length() > MAX_TAG_LENGTH) {
                throw unreadable(
                        ControlScript.TAGS, row, "has a tag that is longer than " + MAX_TAG_LENGTH + " characters");
            }
            if (tags.size() < MAX_TAGS) {
                tags.putIfAbsent(tag, new SuggestedTag(tag, row.size() == 1 ? "" : description(row.get(1))));
            }
        }
        return List.copyOf(tags.values());
    }

    /** Returns the description in one line. */
    private static String description(String printed) {
        String line = PrintableText.of(printed).strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TAG_LENGTH ? line : line.substring(0, MAX_TAG_LENGTH - 1) + '…';
    }

    private static List<CSVRecord> twoColumns(ControlScript script, String output) throws UnreadableOutputException {
        List<CSVRecord> rows = rows(script, output);
        for (CSVRecord row : rows) {
            if (row.size() != 2) {
                throw unreadable(
                        script,
                        row,
                        "has " + row.size() + (row.size() == 1 ? " column" : " columns") + " where two are expected");
            }
        }
        return rows;
    }

    /** Returns the rows that aren't blank. */
    private static List<CSVRecord> rows(ControlScript script, String output) throws UnreadableOutputException {
        try (CSVParser parser = CSVParser.parse(new StringReader(output), FORMAT)) {
            return parser.getRecords().stream()
                    .filter(row -> row.size() != 1 || !row.get(0).isBlank())
                    .toList();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UnreadableOutputException(
                    script, "isn’t CSV: a quote is opened and not closed, or something follows a closing quote");
        }
    }

    private static UnreadableOutputException unreadable(ControlScript script, CSVRecord row, String what) {
        String line = String.join(",", row.toList());
        String shown = QuotedText.of(line, 80);
        return new UnreadableOutputException(script, what + " (row " + row.getRecordNumber() + ": “" + shown + "”)");
    }
}
