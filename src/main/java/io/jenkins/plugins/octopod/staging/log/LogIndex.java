package io.jenkins.plugins.octopod.staging.log;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Index that says which part of a log comes from which stream. It has a line for each part: the stream, whether the
 * part begins a line of the log, where it ends in the log, and how many bytes of the script’s own stream the log
 * contains up to there.
 *
 * @param parts parts in the order of the log, without gaps
 * @param consumedBytes number of bytes of each stream that the log contains
 * @param length length of the index itself, in bytes, up to the last whole line
 */
record LogIndex(List<Part> parts, Map<LogStream, Long> consumedBytes, long length) {

    private static final String BEGINS_LINE = "^";
    private static final String CONTINUES_LINE = "-";
    private static final int FIELDS = 4;

    /**
     * One part, which begins at the end of the previous part.
     *
     * @param beginsLine whether it begins a line of the log; its own stream doesn’t show that, because a different
     *     stream might have come between
     */
    record Part(LogStream stream, boolean beginsLine, long end) {}

    static String line(Part part, long consumed) {
        String start = part.beginsLine() ? BEGINS_LINE : CONTINUES_LINE;
        return part.stream().code() + " " + start + " " + part.end() + " " + consumed + "\n";
    }

    /**
     * Reads the index; returns an empty one if there is no file. An incomplete line and everything after it are left
     * out.
     */
    static LogIndex read(Path file) throws IOException {
        String text = text(file);
        List<Part> parts = new ArrayList<>();
        Map<LogStream, Long> consumed = new EnumMap<>(LogStream.class);
        int from = 0;
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', from)) {
            String[] fields = text.substring(from, newline).split(" ");
            if (fields.length != FIELDS) {
                break;
            }
            LogStream stream = LogStream.ofCode(fields[0].charAt(0));
            parts.add(new Part(stream, fields[1].equals(BEGINS_LINE), Long.parseLong(fields[2])));
            consumed.put(stream, Long.parseLong(fields[3]));
            from = newline + 1;
        }
        return new LogIndex(parts, consumed, from);
    }

    /** Reads without a channel, which an interrupted thread can't read from. */
    private static String text(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                return "";
            }
            throw e;
        }
    }

    long consumed(LogStream stream) {
        return consumedBytes.getOrDefault(stream, 0L);
    }

    /** Returns the length of the log according to the index. */
    long logLength() {
        return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
    }
}
