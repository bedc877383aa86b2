package io.jenkins.plugins.octopod.pipeline.pullrequest;

import hudson.console.ConsoleNote;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The last lines of a run’s log, in which secrets are masked, as a block of Markdown. */
final class LogTail {

    private static final Logger LOGGER = Logger.getLogger(LogTail.class.getName());

    static final int MAX_LINES = 40;

    /** Limit in characters of a line and of all lines. Platforms refuse long texts. */
    static final int MAX_LENGTH = 8_000;

    /** Limit in bytes of what is read. Console notes and escape sequences aren’t part of the text. */
    private static final int MAX_READ = 64 * 1024;

    private static final String LAST_LINE = "Finished: ";
    private static final String FENCE = "```";

    private LogTail() {}

    /** Returns the block; empty if the log is empty or can’t be read. */
    static String of(StagingRun run) {
        try (RandomAccessFile log = new RandomAccessFile(run.getLogFile(), "r")) {
            long start = Math.max(0, log.length() - MAX_READ);
            byte[] read = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(read);
            String text = new String(read, StandardCharsets.UTF_8);
            // The first line might be a part of one, which could begin within a character or a console note.
            return block(start == 0 ? text : text.substring(text.indexOf('\n') + 1));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + run + " can't be read");
            return "";
        }
    }

    static String block(String text) {
        List<String> lines = PrintableText.of(ConsoleNote.removeNotes(text))
                .lines()
                .filter(line -> !line.startsWith(LAST_LINE))
                .toList();
        String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()))
                .strip();
        if (tail.length() > MAX_LENGTH) {
            int from = tail.length() - MAX_LENGTH;
            tail = tail.substring(Character.isLowSurrogate(tail.charAt(from)) ? from + 1 : from);
        }
        if (tail.isEmpty()) {
            return "";
        }
        String fence = FENCE;
        while (tail.contains(fence)) {
            fence += '`';
        }
        return fence + '\n' + tail + '\n' + fence + '\n';
    }
}
