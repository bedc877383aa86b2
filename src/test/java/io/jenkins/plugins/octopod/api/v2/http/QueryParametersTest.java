package io.jenkins.plugins.octopod.api.v2.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.fixtures.PlainRequest;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    /** However long it is, and whatever is in it. */
    @Test
    void whatIsRefusedIsQuotedOnOneShortLine() throws Exception {
        String hostile = "a\n\u001b[2J" + "9".repeat(5000);
        refused(request(hostile, "1"));
        refused(request(Paging.LIMIT, hostile));
        refused(request(Paging.SORT, hostile));
    }

    private static void refused(V2Request request) {
        ApiException refused = assertThrows(
                ApiException.class,
                () -> Paging.of(request, request.query(Paging.LIMIT, Paging.SORT, Paging.CURSOR), List.of("name")));
        assertEquals(400, refused.status());
        Sentences.assertOneLine(refused.getMessage());
    }

    private static V2Request request(String name, String value) {
        return new V2Request("projects", List.of(), PlainRequest.of(Map.of(), Map.of(name, new String[] {value})));
    }
}
