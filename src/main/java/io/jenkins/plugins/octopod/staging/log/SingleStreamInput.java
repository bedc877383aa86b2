package io.jenkins.plugins.octopod.staging.log;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Input stream over the parts of a log that come from one output stream, without the marks that distinguish the
 * streams.
 */
final class SingleStreamInput extends InputStream {

    private final RandomAccessFile log;
    private final Iterator<LogIndex.Part> parts;
    private final LogStream stream;

    /** End of the current part in the log. */
    private long end;

    /** Number of bytes of the current part that aren’t read yet. */
    private long left;

    /** Number of bytes of a mark that come next. */
    private int toSkip;

    SingleStreamInput(File logFile, List<LogIndex.Part> parts, LogStream stream) throws IOException {
        this.log = new RandomAccessFile(logFile, "r");
        this.parts = parts.iterator();
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int kept = 0;
        while (kept == 0 && length > 0) {
            if (left == 0 && !nextPart()) {
                return -1;
            }
            int read = log.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                return -1;
            }
            left -= read;
            kept = unmarked(buffer, offset, read);
        }
        return kept;
    }

    private boolean nextPart() throws IOException {
        while (parts.hasNext()) {
            LogIndex.Part part = parts.next();
            long start = end;
            end = part.end();
            if (part.stream() == stream && end > start) {
                log.seek(start);
                left = end - start;
                toSkip = isMarked() && part.beginsLine() ? LogStream.STDERR_MARK.length() : 0;
                return true;
            }
        }
        return false;
    }

    /**
     * Removes the mark at the beginning of each line, in place.
     *
     * @return number of remaining bytes
     */
    private int unmarked(byte[] buffer, int offset, int length) {
        if (!isMarked()) {
            return length;
        }
        int to = offset;
        for (int from = offset; from < offset + length; from++) {
            if (toSkip > 0) {
                toSkip--;
                continue;
            }
            byte b = buffer[from];
            buffer[to++] = b;
            if (b == '\n') {
                toSkip = LogStream.STDERR_MARK.length();
            }
        }
        return to - offset;
    }

    private boolean isMarked() {
        return stream == LogStream.STDERR;
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
