package io.jenkins.plugins.octopod.staging.log;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import io.jenkins.plugins.octopod.staging.log.ScriptOutputDecoder.HeldBack;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/**
 * Writes the log of a run: the script’s stdout, its stderr (each line is marked) and messages from Jenkins. A small
 * index file next to the log records which part of the log comes from which stream, and how much of the script’s output
 * the log contains. With the index, {@link RunLogReader} can separate the streams again, and a run that continues after
 * a crash neither repeats nor loses a line. Script output is masked and passes through Jenkins’ console log filters
 * before it is written. The files are written without channels, because an interrupt of the thread would close a
 * channel. So an abort during a write leaves the log open and intact.
 */
@ModuleInternal
public final class RunLogWriter implements Closeable {

    public static final String INDEX_FILE = "log-streams";

    private static final Logger LOGGER = Logger.getLogger(RunLogWriter.class.getName());
    private static final byte NEWLINE = '\n';

    private final RandomAccessFile log;
    private final RandomAccessFile index;
    private ScriptOutputDecoder stdout;
    private ScriptOutputDecoder stderr;
    private final HeldBack heldBackBetween;
    private final ConsoleLogFilterChain.Stream stdoutFilter;
    private final ConsoleLogFilterChain.Stream stderrFilter;
    private SecretMask mask = SecretMask.NONE;
    private boolean atLineStart;

    /** Null until something is written after the log was opened; that then begins a new line. */
    private LogStream lastStream;

    private RunLogWriter(RandomAccessFile log, RandomAccessFile index, LogIndex known, ConsoleLogFilterChain filters)
            throws IOException {
        this.log = log;
        this.index = index;
        this.stdout = new ScriptOutputDecoder(known.consumed(LogStream.STDOUT));
        this.stderr = new ScriptOutputDecoder(known.consumed(LogStream.STDERR));
        this.heldBackBetween = filters.heldBack();
        this.stdoutFilter = filters.new Stream();
        this.stderrFilter = filters.new Stream();
        this.atLineStart = endsWithNewline(log);
    }

    /** Opens the log at its end. What a crash has left half written is cut off. */
    public static RunLogWriter open(File logFile, File indexFile, ConsoleLogFilterChain filters) throws IOException {
        LogIndex known = LogIndex.read(indexFile.toPath());
        RandomAccessFile log = new RandomAccessFile(logFile, "rw");
        RandomAccessFile index = null;
        try {
            index = new RandomAccessFile(indexFile, "rw");
            index.setLength(known.length());
            index.seek(known.length());
            if (log.length() > known.logLength()) {
                LOGGER.fine(() -> "cutting " + logFile + " at " + known.logLength());
                log.setLength(known.logLength());
            }
            return new RunLogWriter(log, index, known, filters);
        } catch (IOException | RuntimeException e) {
            log.close();
            if (index != null) {
                index.close();
            }
            throw e;
        }
    }

    /** Sets the mask for the script’s output from now on. */
    public synchronized void mask(SecretMask secrets) {
        mask = secrets;
    }

    /** Returns how many bytes of the script’s stdout were received. */
    public synchronized long stdoutTaken() {
        return stdout.taken();
    }

    /** Returns how many bytes of the script’s stderr were received. */
    public synchronized long stderrTaken() {
        return stderr.taken();
    }

    /**
     * Appends new output of the script. Its end waits for the next output if it might be an incomplete character, secret
     * or line.
     *
     * @throws IOException if it can’t be written; nothing of it counts as received then, and it can be appended again
     */
    public synchronized void append(byte[] newStdout, byte[] newStderr) throws IOException {
        append(newStdout, newStderr, heldBackBetween);
    }

    /**
     * Appends the last output of the script.
     *
     * @throws IOException if it can’t be written; nothing of it counts as received then, and it can be appended again
     */
    public synchronized void appendLast(byte[] newStdout, byte[] newStderr) throws IOException {
        append(newStdout, newStderr, HeldBack.NOTHING);
    }

    private void append(byte[] newStdout, byte[] newStderr, HeldBack heldBack) throws IOException {
        ScriptOutputDecoder stdoutBefore = new ScriptOutputDecoder(stdout);
        ScriptOutputDecoder stderrBefore = new ScriptOutputDecoder(stderr);
        try {
            ByteBuffer out = stdoutFilter.filter(stdout.decode(newStdout, mask, heldBack), heldBack);
            ByteBuffer err = stderrFilter.filter(stderr.decode(newStderr, mask, heldBack), heldBack);
            long outDecoded = stdout.decoded();
            long errDecoded = stderr.decoded();
            writeAtomically(() -> {
                write(LogStream.STDOUT, out, outDecoded);
                write(LogStream.STDERR, err, errDecoded);
            });
        } catch (IOException e) {
            stdout = stdoutBefore;
            stderr = stderrBefore;
            throw e;
        }
    }

    /** Write operation on the log and its index. */
    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    /** Writes everything or nothing. A full disk accepts a part of the data, and the index would then be wrong. */
    private void writeAtomically(Writing writing) throws IOException {
        long logEnd = log.getFilePointer();
        long indexEnd = index.getFilePointer();
        boolean beganLine = atLineStart;
        LogStream streamBefore = lastStream;
        try {
            writing.write();
        } catch (IOException e) {
            log.setLength(logEnd);
            index.setLength(indexEnd);
            atLineStart = beganLine;
            lastStream = streamBefore;
            throw e;
        }
    }

    /**
     * Returns the last line that the script has printed since the log was opened, preferably of stderr; empty if there
     * is none.
     */
    public synchronized String lastLine() {
        return stderr.lastLine().isEmpty() ? stdout.lastLine() : stderr.lastLine();
    }

    /** Returns whether the script printed bytes that aren’t UTF-8. */
    public synchronized boolean isUndecodable() {
        return stdout.isUndecodable() || stderr.isUndecodable();
    }

    /** Returns a stream for messages from Jenkins. */
    public OutputStream notes() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(@NonNull byte[] bytes, int offset, int length) throws IOException {
                synchronized (RunLogWriter.this) {
                    writeAtomically(
                            () -> RunLogWriter.this.write(LogStream.NOTES, ByteBuffer.wrap(bytes, offset, length), 0));
                }
            }
        };
    }

    private void write(LogStream stream, ByteBuffer bytes, long consumed) throws IOException {
        if (!bytes.hasRemaining()) {
            return;
        }
        boolean otherStream = lastStream != stream;
        if (!atLineStart && otherStream) {
            put(LogStream.NOTES, ByteBuffer.wrap(new byte[] {NEWLINE}), 0);
        }
        ByteBuffer text = stream == LogStream.STDERR ? LogStream.mark(bytes, atLineStart) : bytes;
        put(stream, text, consumed);
        lastStream = stream;
    }

    private void put(LogStream stream, ByteBuffer bytes, long consumed) throws IOException {
        boolean beginsLine = atLineStart;
        atLineStart = bytes.get(bytes.limit() - 1) == NEWLINE;
        log.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        String line = LogIndex.line(new LogIndex.Part(stream, beginsLine, log.getFilePointer()), consumed);
        index.write(line.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns whether the log ends with a newline. Leaves the file pointer at its end. */
    private static boolean endsWithNewline(RandomAccessFile log) throws IOException {
        long length = log.length();
        if (length == 0) {
            return true;
        }
        log.seek(length - 1);
        return log.read() == NEWLINE;
    }

    @Override
    public synchronized void close() throws IOException {
        try (log;
                index) {
            LOGGER.fine("closing");
        }
    }
}
