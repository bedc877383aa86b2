package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes somebody wants, by the header {@code Range}.
 *
 * @param first of them; null if the last ones are wanted
 * @param last of them, or how many of the last ones; null for all there are
 */
@ModuleInternal
public record ByteRange(
        @CheckForNull Long first, @CheckForNull Long last) {

    /** So many digits that none is too great for a long. */
    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Those that are there of them, both counted in. */
    public record Bytes(long first, long last) {

        public long count() {
            return last - first + 1;
        }

        public static Bytes all(long length) {
            return new Bytes(0, length - 1);
        }
    }

    /** Null where all is wanted: also for what isn’t one range of bytes, which RFC 9110 has us ignore. */
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

    /** Empty where none of them are there. */
    public Optional<Bytes> in(long length) {
        long end = last == null ? Long.MAX_VALUE : last;
        long from = first == null ? Math.max(0, length - end) : first;
        long to = first == null ? length - 1 : Math.min(end, length - 1);
        return from <= to ? Optional.of(new Bytes(from, to)) : Optional.empty();
    }
}
