package io.jenkins.plugins.octopod.staging.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Origin of a part of a run’s log. */
public enum LogStream {
    /** Output of the script on stdout. */
    STDOUT('o'),
    /** Output of the script on stderr. Each line is marked, so that it can be distinguished in any console. */
    STDERR('e'),
    /** Messages from Jenkins. */
    NOTES('n');

    /** Mark before each line of stderr. */
    static final String STDERR_MARK = "[stderr] ";

    private static final byte[] MARK = STDERR_MARK.getBytes(StandardCharsets.US_ASCII);

    private final char code;

    LogStream(char code) {
        this.code = code;
    }

    /** Returns the code of the stream in the index. */
    char code() {
        return code;
    }

    static LogStream ofCode(char code) {
        for (LogStream stream : values()) {
            if (stream.code == code) {
                return stream;
            }
        }
        throw new IllegalArgumentException("no stream is called " + code);
    }

    /** Puts the mark before each line that begins in these bytes. */
    static ByteBuffer mark(ByteBuffer bytes, boolean atLineStart) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream(bytes.remaining() + MARK.length);
        boolean lineStart = atLineStart;
        while (bytes.hasRemaining()) {
            if (lineStart) {
                marked.writeBytes(MARK);
            }
            byte b = bytes.get();
            marked.write(b);
            lineStart = b == '\n';
        }
        return ByteBuffer.wrap(marked.toByteArray());
    }
}
