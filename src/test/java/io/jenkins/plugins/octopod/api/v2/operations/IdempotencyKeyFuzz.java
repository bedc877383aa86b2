package io.jenkins.plugins.octopod.api.v2.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.fixtures.PlainRequest;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.util.List;
import java.util.Map;

/** A key of a request makes an id that is the same for the same request only, or is refused with a sentence. */
public final class IdempotencyKeyFuzz {

    private IdempotencyKeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> texts = new FuzzInput(input).texts(4);
        try {
            IdempotencyKey key = key(texts.get(0), texts.get(1), texts.get(2));
            IdempotencyKey other = key(texts.get(0), texts.get(1), texts.get(3));
            IdempotencyKey third = key(texts.get(0) + "x", texts.get(1), texts.get(2));
            assertTrue(key.requestId().matches("[0-9a-f]{32}-[0-9a-f]{16}"), key.requestId());
            assertTrue(key.hasMade(other.requestId()));
            assertEquals(texts.get(2).equals(texts.get(3)), key.requestId().equals(other.requestId()));
            assertFalse(key.hasMade(third.requestId()));
            assertNotEquals(key, third);
        } catch (ApiException e) {
            assertEquals(400, e.status());
            Sentences.assertOneLine(e.getMessage());
        }
    }

    private static IdempotencyKey key(String key, String path, String body) throws ApiException {
        V2Request request =
                new V2Request(path, List.of(), PlainRequest.of(Map.of(IdempotencyKey.HEADER, key), Map.of()));
        return IdempotencyKey.of(request, List.of(body));
    }
}
