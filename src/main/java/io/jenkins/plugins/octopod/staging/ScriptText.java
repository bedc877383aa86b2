package io.jenkins.plugins.octopod.staging;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes UTF-8 of what a script prints on one stream, piece by piece; what isn’t UTF-8 becomes U+FFFD. */
final class ScriptText {

    private static final String REPLACEMENT = "\uFFFD";

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** The beginning of a character whose end hasn’t come yet. */
    private byte[] rest = new byte[0];

    private long decoded;
    private boolean undecodable;

    /** @param decoded how many bytes are known from before */
    ScriptText(long decoded) {
        this.decoded = decoded;
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
        return StandardCharsets.UTF_8.encode(out.flip());
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
