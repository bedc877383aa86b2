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

    /** In characters: what is kept of the end, to find the last line in, and what is shown of that. */
    private static final int TAIL = 1000;

    private static final int SHOWN = 300;

    private static final String REPLACEMENT = "\uFFFD";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** In characters: what is held back of a line at most. */
    private static final int MAX_LINE_LENGTH = 1 << 16;

    /** What isn’t told yet: what may be the beginning of a secret, or of a line, and a character whose end hasn’t come. */
    private byte[] rest = new byte[0];

    /** How the text ends. */
    private String tail = "";

    private long decoded;
    private boolean undecodable;

    /** @param decoded how many bytes are known from before */
    ScriptOutputDecoder(long decoded) {
        this.decoded = decoded;
    }

    /** As that one is now; what becomes of one of them doesn’t change the other. */
    ScriptOutputDecoder(ScriptOutputDecoder other) {
        rest = other.rest;
        tail = other.tail;
        decoded = other.decoded;
        undecodable = other.undecodable;
    }

    /**
     * Decodes the next bytes.
     *
     * @param last whether none follow, so that an unfinished character is a wrong one, and nothing is held back
     * @param secretMask mask for the secrets in the output
     * @param byLine whether only whole lines are told
     */
    ByteBuffer decode(byte[] next, boolean last, SecretMask secretMask, boolean byLine) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + next.length);
        in.put(rest).put(next).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + REPLACEMENT.length());
        // Where in the bytes is what comes after each character that wasn’t one.
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
        String told = all.substring(0, last ? all.length() : settled(all, secretMask, byLine));
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

    private static int settled(String text, SecretMask secretMask, boolean byLine) {
        int settled = secretMask.safePrefixLength(text);
        int lines = text.lastIndexOf('\n', settled - 1) + 1;
        return byLine && settled - lines < MAX_LINE_LENGTH ? lines : settled;
    }

    /** The last line that isn’t blank, or the beginning of it; empty where there is none. */
    String lastLine() {
        List<String> lines = PrintableText.of(tail)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.length() <= SHOWN ? last : last.substring(0, SHOWN) + "…";
    }

    /** How many bytes have become text that was told. */
    long decoded() {
        return decoded;
    }

    /** How many bytes have been taken in. */
    long taken() {
        return decoded + rest.length;
    }

    boolean isUndecodable() {
        return undecodable;
    }
}
