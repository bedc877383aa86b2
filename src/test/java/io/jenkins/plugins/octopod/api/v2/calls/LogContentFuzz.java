package io.jenkins.plugins.octopod.api.v2.calls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.v2.http.ByteRange;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A range of a log is exactly these bytes of it, in whatever pieces the log is read. */
public final class LogContentFuzz {

    private LogContentFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        FuzzInput fuzzInput = new FuzzInput(input);
        int piece = fuzzInput.nextNumber(1, 16);
        List<String> texts = fuzzInput.texts(2);
        byte[] log = texts.get(1).getBytes(StandardCharsets.UTF_8);
        LogContent content = content(log, piece);
        assertEquals(log.length, content.length());
        ByteRange range = ByteRange.of(texts.get(0));
        Optional<ByteRange.Bytes> bytes =
                range == null ? Optional.of(ByteRange.Bytes.all(log.length)) : range.in(log.length);
        if (bytes.isEmpty()) {
            return;
        }
        long first = bytes.get().first();
        long last = bytes.get().last();
        assertTrue(first >= 0 && last < log.length && first <= last + 1, bytes.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.copyTo(out, bytes.get());
        assertArrayEquals(Arrays.copyOfRange(log, (int) first, (int) last + 1), out.toByteArray());
        assertEquals(out.size(), bytes.get().count());
    }

    private static LogContent content(byte[] log, int piece) {
        return new LogContent() {
            @Override
            void copyTo(OutputStream out) throws IOException {
                for (int from = 0; from < log.length; from += piece) {
                    if (piece == 1) {
                        out.write(log[from]);
                    } else {
                        out.write(log, from, Math.min(piece, log.length - from));
                    }
                }
            }
        };
    }
}
