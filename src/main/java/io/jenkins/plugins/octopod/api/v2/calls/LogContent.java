package io.jenkins.plugins.octopod.api.v2.calls;

import hudson.console.PlainTextConsoleOutputStream;
import io.jenkins.plugins.octopod.api.v2.http.ByteRange;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.log.LogStream;
import io.jenkins.plugins.octopod.staging.log.RunLogReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Current content of a log, in UTF-8. Existing content never changes, so each byte keeps its position. The log is read
 * from the disk on every call, and is never held in memory.
 */
abstract class LogContent {

    /** Whether a log might still be growing. */
    enum State {
        /** The last line might be incomplete. */
        GROWING,
        /** The log is final. */
        COMPLETE;

        static State of(StagingRun run) {
            return run.isBuilding() ? GROWING : COMPLETE;
        }
    }

    /** Content of a log whose run doesn’t exist yet. */
    static final LogContent EMPTY = new LogContent() {
        @Override
        void copyTo(OutputStream out) {
            // The log is empty.
        }
    };

    abstract void copyTo(OutputStream out) throws IOException;

    /** Returns the length in bytes. */
    final long length() throws IOException {
        Counter counter = new Counter();
        copyTo(counter);
        return counter.count;
    }

    final void copyTo(OutputStream out, ByteRange.Bytes bytes) throws IOException {
        try {
            copyTo(new Window(out, bytes));
        } catch (EndReached e) {
            // The rest isn’t requested.
        }
    }

    /** Returns only the output of the script on the stream. */
    static LogContent of(StagingRun run, LogStream stream) {
        RunLogReader output = RunLogReader.of(run);
        return new LogContent() {
            @Override
            void copyTo(OutputStream out) throws IOException {
                output.copyTo(stream, out);
            }
        };
    }

    /** Returns the whole log as in the console, without markup. An incomplete last line of a growing log is left out. */
    static LogContent all(StagingRun run, State state) {
        return new LogContent() {
            @Override
            void copyTo(OutputStream out) throws IOException {
                // Without the file, core would return a sentence about it.
                if (!run.getLogFile().isFile()) {
                    return;
                }
                // Not closed, because that would end the last line.
                PlainTextConsoleOutputStream plain = new PlainTextConsoleOutputStream(out);
                try (InputStream log = run.getLogInputStream()) {
                    log.transferTo(plain);
                }
                if (state == State.COMPLETE) {
                    plain.forceEol();
                }
            }
        };
    }

    private static final class Counter extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            count += length;
        }
    }

    /** Writes only the bytes within the requested range. */
    private static final class Window extends OutputStream {

        private final OutputStream out;
        private long before;
        private long left;

        Window(OutputStream out, ByteRange.Bytes bytes) {
            this.out = out;
            this.before = bytes.first();
            this.left = bytes.count();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                throw new EndReached();
            }
            int skipped = (int) Math.min(before, length);
            before -= skipped;
            int written = (int) Math.min(left, length - skipped);
            out.write(buffer, offset + skipped, written);
            left -= written;
        }
    }

    private static final class EndReached extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
