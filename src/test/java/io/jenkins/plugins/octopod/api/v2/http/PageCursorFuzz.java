package io.jenkins.plugins.octopod.api.v2.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.fixtures.PlainRequest;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query of a list is understood, and its pages have each item once, or it is refused with a sentence. */
public final class PageCursorFuzz {

    private static final List<String> SORTS = List.of("name", "changed");

    private PageCursorFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput fuzzInput = new FuzzInput(input);
        int names = fuzzInput.nextNumber(0, 3);
        List<String> texts = fuzzInput.texts();
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (String pair : texts.subList(0, Math.min(names, texts.size()))) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.merge(name, new String[] {pair.substring(equals + 1)}, (first, second) ->
                    new String[] {first[0], second[0]});
        }
        V2Request request = new V2Request("projects", List.of(), PlainRequest.of(Map.of(), parameters));
        try {
            QueryParameters query = request.query(Paging.LIMIT, Paging.SORT, Paging.CURSOR);
            Paging.of(request, query, SORTS);
            PageCursor cursor = PageCursor.of(query.text(Paging.CURSOR), query.oneOf(Paging.SORT, SORTS));
            if (cursor != null) {
                assertEquals(cursor, PageCursor.of(cursor.cursor("name"), "name"));
            }
        } catch (ApiException e) {
            assertEquals(400, e.status());
            Sentences.assertOneLine(e.getMessage());
        }
        assertPagesHaveEachOnce(texts);
    }

    /** As a client goes from page to page; no key and no name has a line break or half of a character. */
    private static void assertPagesHaveEachOnce(List<String> texts) {
        List<PageCursor> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String key = new String(texts.get(i).replace('\n', ' ').getBytes(UTF_8), UTF_8);
            all.add(new PageCursor(key, "name-" + i));
        }
        for (boolean descending : new boolean[] {false, true}) {
            List<PageCursor> sorted =
                    all.stream().sorted(PageCursor.order(descending)).toList();
            List<PageCursor> seen = new ArrayList<>();
            PageCursor after = null;
            for (int page = 0; page < all.size(); page++) {
                PageCursor last = after;
                PageCursor next = sorted.stream()
                        .filter(each ->
                                last == null || PageCursor.order(descending).compare(each, last) > 0)
                        .findFirst()
                        .orElseThrow();
                seen.add(next);
                try {
                    after = PageCursor.of(next.cursor("name"), "name");
                } catch (ApiException e) {
                    throw new AssertionError(e);
                }
            }
            assertEquals(sorted, seen);
            assertTrue(seen.stream().distinct().count() == all.size());
        }
    }
}
