package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.fuzz.FuzzInput;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import io.jenkins.plugins.octopod.fuzz.Storable;

/** Bodies of requests to API v1 are read, and read back, or are refused with a sentence that the API can answer with. */
public final class V1BodiesFuzz {

    /** What is made of a body before it is acted upon. */
    private interface Use<T> {
        void of(T body) throws RefusalException;
    }

    private V1BodiesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws JsonProcessingException {
        FuzzInput fuzzInput = new FuzzInput(input);
        int kind = fuzzInput.nextNumber(0, 2);
        byte[] body = fuzzInput.rest();
        switch (kind) {
            case 0 ->
                read(RequestBodies.DEPLOYMENT, body, deployment -> {
                    StagingName.of(deployment.name(), StagingName.MAX_LENGTH_LIMIT);
                    Storable.assertOverrides(deployment.overrides().application());
                    Storable.assertOverrides(deployment.overrides().deployment());
                });
            case 1 ->
                read(RequestBodies.UPDATE, body, update -> {
                    Storable.assertOverrides(update.named("a1").overrides().application());
                    Storable.assertOverrides(update.named("a1").overrides().deployment());
                });
            default ->
                read(RequestBodies.CONFIGURATION, body, list -> ConfigurationEntry.configuration(list)
                        .asMap()
                        .forEach(Storable::assertOverride));
        }
    }

    private static <T> void read(RequestBody<T> expected, byte[] body, Use<T> use) throws JsonProcessingException {
        try {
            T read = expected.parse(body);
            use.of(read);
            assertEquals(read, expected.parse(V1Json.MAPPER.writeValueAsBytes(read)));
        } catch (ApiException e) {
            assertEquals(400, e.status());
            assertAnswerable(e.getMessage());
        } catch (RefusalException e) {
            assertAnswerable(e.getMessage());
        }
    }

    private static void assertAnswerable(String sentence) throws JsonProcessingException {
        Sentences.assertOneLine(sentence);
        V1Json.MAPPER.writeValueAsBytes(CommandResponse.appError(sentence));
    }
}
