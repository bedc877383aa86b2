package io.jenkins.plugins.octopod.api.v2.dto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import io.jenkins.plugins.octopod.fuzz.Storable;

/** Bodies of requests to API v2 are read, and read back, or are refused with a sentence that the API can answer with. */
public final class V2BodiesFuzz {

    private static final RequestBody<NewStagingDto> NEW_STAGING =
            new RequestBody<>(V2Json.MAPPER, new TypeReference<>() {}, "{}");
    private static final RequestBody<OverridesDto> OVERRIDES =
            new RequestBody<>(V2Json.MAPPER, new TypeReference<>() {}, "{}");
    private static final RequestBody<LifetimeDto> LIFETIME =
            new RequestBody<>(V2Json.MAPPER, new TypeReference<>() {}, "{}");

    /** What is made of a body before it is acted upon. */
    private interface Use<T> {
        void of(T body) throws RefusalException;
    }

    private V2BodiesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput fuzzInput = new FuzzInput(input);
        int kind = fuzzInput.nextNumber(0, 2);
        byte[] body = fuzzInput.rest();
        switch (kind) {
            case 0 ->
                read(NEW_STAGING, body, staging -> {
                    // As IdempotencyKey does, before the name is looked at.
                    V2Json.bytes(staging);
                    StagingName.of(staging.name(), StagingName.MAX_LENGTH_LIMIT);
                    assertStorable(staging.overrides());
                });
            case 1 ->
                read(OVERRIDES, body, overrides -> {
                    V2Json.bytes(overrides);
                    assertStorable(overrides);
                });
            default ->
                read(LIFETIME, body, lifetime -> {
                    if (lifetime.expiry().date() != null) {
                        assertTrue(lifetime.expiry().date().toEpochMilli() < Long.MAX_VALUE / 2);
                    }
                });
        }
    }

    private static <T> void read(RequestBody<T> expected, byte[] body, Use<T> use) {
        try {
            T read = expected.parse(body);
            use.of(read);
            assertEquals(read, expected.parse(V2Json.bytes(read)));
        } catch (ApiException e) {
            assertEquals(400, e.status());
            assertAnswerable(e.getMessage());
        } catch (RefusalException e) {
            assertAnswerable(e.getMessage());
        }
    }

    private static void assertAnswerable(String sentence) {
        Sentences.assertOneLine(sentence);
        V2Json.bytes(new ProblemDto("about:blank", "Bad Request", 400, sentence));
    }

    private static void assertStorable(OverridesDto dto) throws RefusalException {
        Storable.assertOverrides(dto.toOverrides().deployment());
        Storable.assertOverrides(dto.toOverrides().application());
    }
}
