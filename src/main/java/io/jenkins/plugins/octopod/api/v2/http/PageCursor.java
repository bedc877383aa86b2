package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Keyset-pagination cursor: sort key and full name of an item. The next page starts after the last item of the previous
 * page, even if that item has been deleted. Insertions and deletions therefore neither repeat nor skip items.
 *
 * @param key sort key, as text whose natural order is the requested order
 * @param name full name, which orders items that have the same key
 */
@ModuleInternal
public record PageCursor(String key, String name) {

    private static final String SEPARATOR = "\n";

    static final Comparator<PageCursor> ORDER =
            Comparator.comparing(PageCursor::key).thenComparing(PageCursor::name);

    static Comparator<PageCursor> order(boolean descending) {
        return descending ? ORDER.reversed() : ORDER;
    }

    /**
     * Returns the cursor’s text.
     *
     * @param sort name of the requested order, which the text includes
     */
    String cursor(String sort) {
        String text = String.join(SEPARATOR, sort, key, name);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Parses a cursor. Returns null for the beginning of the list.
     *
     * @param cursor text of the cursor; null for the beginning of the list
     * @param sort name of the requested order
     * @throws ApiException if the text isn’t a cursor, or is a cursor of a different order
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
            // Not a cursor: refused below, like a cursor of a different order.
        }
        throw new ApiException(400, Messages.PageCursor_cursor());
    }
}
