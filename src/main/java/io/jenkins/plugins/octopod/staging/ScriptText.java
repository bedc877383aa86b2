package io.jenkins.plugins.octopod.staging;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes UTF-8 of what a script prints on one stream, piece by piece; what isn’t UTF-8 becomes U+FFFD. */
final class ScriptText {

    /** In characters: what is kept of the end, to find the last line in, and what is shown of that. */
    private static final int TAIL = 1000;

    private static final int SHOWN = 300;

    private static final String REPLACEMENT = "\uFFFD";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** The beginning of a character whose end hasn’t come yet. */
    private byte[] rest = new byte[0];

    /** How the text ends. */
    private String tail = "";

    private long decoded;
    private boolean undecodable;

    /** @param decoded how many bytes are known from before */
    ScriptText(long decoded) {
        this.decoded = decoded;
    }

    /** As that one is now; what becomes of one of them doesn’t change the other. */
    ScriptText(ScriptText other) {
        rest = other.rest;
        tail = other.tail;
        decoded = other.decoded;
        undecodable = other.undecodable;
    }

    /** Decodes the next bytes. @param last whether none follow, so that an unfinished character is a wrong one */
    ByteBuffer decode(byte[] next, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + next.length);
        in.put(rest).put(next).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + REPLACEMENT.length());
        decoder.reset();
        CoderResult result = decoder.decode(in, out, last);
        while (result.isError()) {
            undecodable = true;
            in.position(in.position() + result.length());
            out.put(REPLACEMENT);
            result = decoder.decode(in, out, last);
        }
        decoded += in.position();
        rest = new byte[in.remaining()];
        in.get(rest);
        out.flip();
        String text = tail + out.subSequence(Math.max(0, out.length() - TAIL), out.length());
        tail = text.substring(Math.max(0, text.length() - TAIL));
        return StandardCharsets.UTF_8.encode(out);
    }

    /** The last line that isn’t blank, or the beginning of it; empty where there is none. */
    String lastLine() {
        List<String> lines =
                tail.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return last.length() <= SHOWN ? last : last.substring(0, SHOWN) + "…";
    }

    /** How many bytes have become text. */
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
