package io.jenkins.plugins.octopod.api.v2;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where something stands in an order. A page goes on behind the position of the last one’s last, wherever that would be by now: so
 * what comes and goes meanwhile neither shifts others to a page that was read already, nor away from one that comes.
 *
 * @param key that is sorted by, as a text whose order is the one that is wanted
 * @param name full name, for those with the same key
 */
record PageCursor(String key, String name) {

    private static final String SEPARATOR = "\n";

    static final Comparator<PageCursor> ORDER =
            Comparator.comparing(PageCursor::key).thenComparing(PageCursor::name);

    static Comparator<PageCursor> order(boolean descending) {
        return descending ? ORDER.reversed() : ORDER;
    }

    /** @param sort that it is a position in */
    String cursor(String sort) {
        String text = String.join(SEPARATOR, sort, key, name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param cursor null for the beginning
     * @throws ApiException if it isn’t one of that order
     */
    @CheckForNull
    static PageCursor of(@CheckForNull String cursor, String sort) throws ApiException {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length == 3 && parts[0].equals(sort)) {
                return new PageCursor(parts[1], parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // As one of another order.
        }
        throw new ApiException(400, Messages.PageCursor_cursor());
    }
}
