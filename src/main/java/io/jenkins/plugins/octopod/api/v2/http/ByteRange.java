package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Range of bytes that a client requests with the header {@code Range}.
 *
 * @param first index of the first byte; null for a range at the end
 * @param last index of the last byte or, for a range at the end, its length; null for an open end
 */
@ModuleInternal
public record ByteRange(
        @CheckForNull Long first, @CheckForNull Long last) {

    /** The number of digits ensures that a number fits into a long. */
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Existing bytes of a range, including both ends. */
    public record Bytes(long first, long last) {

        public long count() {
            return last - first + 1;
        }

        public static Bytes all(long length) {
            return new Bytes(0, length - 1);
        }
    }

    /**
     * Returns the range; null for all bytes, also if the header isn’t a single byte range, which RFC 9110 requires to
     * be ignored.
     */
    @CheckForNull
    public static ByteRange of(@CheckForNull String header) {
        Matcher matcher = ONE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return null;
        }
        Long first = number(matcher.group(1));
        Long last = number(matcher.group(2));
        boolean none = first == null && last == null;
        boolean backwards = first != null && last != null && last < first;
        return none || backwards ? null : new ByteRange(first, last);
    }

    @CheckForNull
    private static Long number(String digits) {
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    /** Returns the existing bytes of the range; empty if there are none. */
    public Optional<Bytes> in(long length) {
        long end = last == null ? Long.MAX_VALUE : last;
        long from = first == null ? Math.max(0, length - end) : first;
        long to = first == null ? length - 1 : Math.min(end, length - 1);
        return from <= to ? Optional.of(new Bytes(from, to)) : Optional.empty();
    }
}
