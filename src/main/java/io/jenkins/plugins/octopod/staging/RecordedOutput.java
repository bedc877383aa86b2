package io.jenkins.plugins.octopod.staging;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;

/** Gets what a script printed to stdout or to stderr back out of the log of its run. */
public final class RecordedOutput {

    private static final int CHUNK = 64 * 1024;

    private final File logFile;
    private final File indexFile;

    RecordedOutput(File logFile, File indexFile) {
        this.logFile = logFile;
        this.indexFile = indexFile;
    }

    /** Of that run, which may still be running. */
    public static RecordedOutput of(StagingRun run) {
        return new RecordedOutput(run.getLogFile(), new File(run.getRootDir(), ActionLog.INDEX_FILE));
    }

    /** Copies what was printed to one stream, in UTF-8, a chunk at a time. */
    public void copyTo(LogStream stream, OutputStream out) throws IOException {
        LogIndex index = LogIndex.read(indexFile.toPath());
        try (RandomAccessFile log = new RandomAccessFile(logFile, "r")) {
            long start = 0;
            for (LogIndex.Part part : index.parts()) {
                if (part.stream() == stream) {
                    boolean marked = stream == LogStream.STDERR;
                    OutputStream to = marked ? new UnmarkingStream(out, part.beginsLine()) : out;
                    copy(log, start, part.end(), to);
                }
                start = part.end();
            }
        }
    }

    private static void copy(RandomAccessFile log, long start, long end, OutputStream out) throws IOException {
        byte[] buffer = new byte[(int) Math.min(CHUNK, end - start)];
        log.seek(start);
        for (long left = end - start; left > 0; ) {
            int length = log.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (length < 0) {
                return;
            }
            out.write(buffer, 0, length);
            left -= length;
        }
    }

    /** Takes away the mark at the beginning of each line of one part of the log. */
    private static final class UnmarkingStream extends OutputStream {

        private final OutputStream out;
        private int toSkip;

        UnmarkingStream(OutputStream out, boolean atLineStart) {
            this.out = out;
            this.toSkip = atLineStart ? LogStream.STDERR_MARK.length() : 0;
        }

        @Override
        public void write(int b) throws IOException {
            if (toSkip > 0) {
                toSkip--;
                return;
            }
            out.write(b);
            if (b == '\n') {
                toSkip = LogStream.STDERR_MARK.length();
            }
        }
    }
}
