package io.jenkins.plugins.octopod.pipeline.execution;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/**
 * Copies the log of a staging run to a Pipeline’s console piece by piece, and keeps its position in the log.
 *
 * <p>While the run is in progress, only complete lines are copied, because steps in parallel branches print to the same
 * console. A line is split only if it is longer than {@link #CHUNK_SIZE} bytes. The last line, in which Jenkins reports
 * that the staging run is finished, is omitted, because in the console of a Pipeline it would look like the end of the
 * Pipeline.
 */
@ModuleInternal
public final class RunLogCopier {

    private static final int CHUNK_SIZE = 64 * 1024;

    /**
     * Limit of chunks per call. A run can print faster than a Pipeline’s console accepts output, and other steps need
     * the thread.
     */
    private static final int MAX_CHUNKS = 16;

    private static final int MAX_LAST_LINE_LENGTH = 64;
    private static final String LAST_LINE = "Finished: ";

    private long offset;

    /**
     * Creates the copier.
     *
     * @param offset number of bytes of the log that are copied already
     */
    public RunLogCopier(long offset) {
        this.offset = offset;
    }

    /** Returns the number of bytes of the log that are copied. */
    public long offset() {
        return offset;
    }

    /** Copies some of the new output, and returns whether there was any. */
    public boolean copyNew(StagingRun run, PrintStream console) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(run.getLogFile(), "r")) {
            long end = log.length();
            // In this order: the result is set before the last line is written.
            if (run.getResult() != null) {
                return false;
            }
            long before = offset;
            copyLines(log, end, console);
            return offset > before;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** Copies the rest of the log after the run has ended. */
    public void copyRest(StagingRun run, PrintStream console) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(run.getLogFile(), "r")) {
            long end = startOfLastLine(log);
            byte[] piece = new byte[CHUNK_SIZE];
            while (offset < end) {
                print(piece, read(log, end, piece), console);
            }
            offset = log.length();
        } catch (FileNotFoundException e) {
            return;
        }
    }

    /** Copies whole lines, and parts of lines that are longer than a chunk. */
    private void copyLines(RandomAccessFile log, long end, PrintStream console) throws IOException {
        byte[] piece = new byte[CHUNK_SIZE];
        for (int i = 0; i < MAX_CHUNKS && offset < end; i++) {
            int length = read(log, end, piece);
            int lines = endOfLines(piece, length);
            int whole = lines == 0 && length == piece.length ? length : lines;
            if (whole == 0) {
                return;
            }
            print(piece, whole, console);
        }
    }

    /** Reads the next bytes of the log, and returns their number. */
    private int read(RandomAccessFile log, long end, byte[] piece) throws IOException {
        int length = (int) Math.min(piece.length, end - offset);
        log.seek(offset);
        log.readFully(piece, 0, length);
        return length;
    }

    private void print(byte[] piece, int length, PrintStream console) {
        console.write(piece, 0, length);
        offset += length;
    }

    private static int endOfLines(byte[] piece, int length) {
        int end = length;
        while (end > 0 && piece[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** Returns the offset of the last line, or the end of the log if that line is missing. */
    private static long startOfLastLine(RandomAccessFile log) throws IOException {
        long length = log.length();
        byte[] tail = new byte[(int) Math.min(MAX_LAST_LINE_LENGTH, length)];
        log.seek(length - tail.length);
        log.readFully(tail);
        String text = new String(tail, StandardCharsets.ISO_8859_1);
        int start = text.lastIndexOf('\n', text.length() - 2) + 1;
        return text.startsWith(LAST_LINE, start) ? length - (text.length() - start) : length;
    }
}
