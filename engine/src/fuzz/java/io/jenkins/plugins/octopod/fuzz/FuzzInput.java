package io.jenkins.plugins.octopod.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An input of a fuzz target, taken apart from its beginning. It is text wherever it can be, so that an input that is kept can be read and
 * written with an editor. Not safe for use by several threads.
 */
public final class FuzzInput {

    /** The Unicode character “symbol for unit separator”, which no target gives a meaning. */
    private static final String SEPARATOR = "\u241F";

    private final byte[] bytes;
    private int position;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The next byte, from 0 to 255; 0 after the end. */
    public int nextByte() {
        return position < bytes.length ? bytes[position++] & 0xFF : 0;
    }

    /** A number from {@code min} to {@code max}, by the next byte. */
    public int nextNumber(int min, int max) {
        return min + nextByte() % (max - min + 1);
    }

    /** All that is left, as it is. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, bytes.length);
        position = bytes.length;
        return rest;
    }

    /**
     * All that is left, as UTF-8, where <code>\u005CuD800</code> with any four hexadecimal digits also stands for that half of a surrogate
     * pair. UTF-8 can’t have one, but a JSON string or a Java string can.
     */
    public String text() {
        String text = new String(rest(), StandardCharsets.UTF_8);
        StringBuilder withHalves = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\uD", i) && i + 6 <= text.length() && isHalf(text.substring(i + 2, i + 6))) {
                withHalves.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                withHalves.append(text.charAt(i));
            }
        }
        return withHalves.toString();
    }

    private static boolean isHalf(String digits) {
        return digits.matches("D[89A-F][0-9A-F]{2}");
    }

    /** All that is left, as so many texts; the separator between them is the character U+241F. Those that aren’t there are empty. */
    public List<String> texts(int count) {
        List<String> texts = new ArrayList<>(Arrays.asList(text().split(SEPARATOR, count)));
        while (texts.size() < count) {
            texts.add("");
        }
        return texts;
    }

    /** All that is left, as texts; the separator between them is the character U+241F. */
    public List<String> texts() {
        return List.of(text().split(SEPARATOR, -1));
    }
}
