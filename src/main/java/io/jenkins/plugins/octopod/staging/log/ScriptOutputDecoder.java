package io.jenkins.plugins.octopod.staging.log;

import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Converts the output of a script on one stream to valid UTF-8, chunk by chunk, and masks secrets in it. Bytes that are
 * not valid UTF-8 become U+FFFD.
 */
final class ScriptOutputDecoder {

    /** In characters: how much of the end is kept to find the last line in, and how much of that line is returned. */
    private static final int TAIL = 1000;

    private static final int SHOWN = 300;

    private static final String REPLACEMENT = "\uFFFD";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** In characters: how much of a line is held back at most. */
    private static final int MAX_LINE_LENGTH = 1 << 16;

    /** Part of the output that waits for the bytes that follow it. */
    enum HeldBack {
        /** No bytes follow, so an incomplete character is invalid. */
        NOTHING,
        /** A possible beginning of a secret, and an incomplete character. */
        SECRETS,
        /** An incomplete line as well, unless it is too long. */
        LINES
    }

    /**
     * Bytes that are held back, because they might be the beginning of a secret or of a line, or are an incomplete
     * character.
     */
    private byte[] rest = new byte[0];

    /** End of the text so far. */
    private String tail = "";

    private long decoded;
    private boolean undecodable;

    /**
     * Creates a decoder.
     *
     * @param decoded number of bytes that were decoded before
     */
    ScriptOutputDecoder(long decoded) {
        this.decoded = decoded;
    }

    /** Creates an independent copy. */
    ScriptOutputDecoder(ScriptOutputDecoder other) {
        rest = other.rest;
        tail = other.tail;
        decoded = other.decoded;
        undecodable = other.undecodable;
    }

    /**
     * Decodes the next bytes.
     *
     * @param secretMask mask for the secrets in the output
     */
    ByteBuffer decode(byte[] next, SecretMask secretMask, HeldBack heldBack) {
        boolean last = heldBack == HeldBack.NOTHING;
        ByteBuffer in = ByteBuffer.allocate(rest.length + next.length);
        in.put(rest).put(next).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + REPLACEMENT.length());
        // By position in the text after an invalid character, the position in the bytes.
        TreeMap<Integer, Integer> repairs = new TreeMap<>(Map.of(0, 0));
        decoder.reset();
        CoderResult result = decoder.decode(in, out, last);
        while (result.isError()) {
            undecodable = true;
            in.position(in.position() + result.length());
            out.put(REPLACEMENT);
            repairs.put(out.position(), in.position());
            result = decoder.decode(in, out, last);
        }
        out.flip();
        String all = out.toString();
        String told = all.substring(0, last ? all.length() : settled(all, secretMask, heldBack));
        if (told.length() < all.length()) {
            Map.Entry<Integer, Integer> repair = repairs.floorEntry(told.length());
            in.position(repair.getValue() + told.substring(repair.getKey()).getBytes(StandardCharsets.UTF_8).length);
        }
        decoded += in.position();
        rest = new byte[in.remaining()];
        in.get(rest);
        String masked = secretMask.apply(told);
        tail = (tail + masked).substring(Math.max(0, tail.length() + masked.length() - TAIL));
        return StandardCharsets.UTF_8.encode(masked);
    }

    private static int settled(String text, SecretMask secretMask, HeldBack heldBack) {
        int settled = secretMask.safePrefixLength(text);
        int lines = text.lastIndexOf('\n', settled - 1) + 1;
        return heldBack == HeldBack.LINES && settled - lines < MAX_LINE_LENGTH ? lines : settled;
    }

    /** Returns the last line that isn’t blank, shortened if it is long; empty if there is none. */
    String lastLine() {
        List<String> lines = PrintableText.of(tail)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.length() <= SHOWN ? last : last.substring(0, SHOWN) + "…";
    }

    /** Returns how many bytes were decoded and returned. */
    long decoded() {
        return decoded;
    }

    /** Returns how many bytes were received. */
    long taken() {
        return decoded + rest.length;
    }

    boolean isUndecodable() {
        return undecodable;
    }
}
