package io.jenkins.plugins.octopod.dashboard.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import java.nio.charset.StandardCharsets;

/** What the dialog sends of overrides is read, and shown again as it is kept, or is refused with a sentence. */
public final class KeyValueEntryFuzz {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private KeyValueEntryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws JsonProcessingException {
        DialogSubmission submission;
        try {
            submission = MAPPER.readValue(new String(input, StandardCharsets.UTF_8), DialogSubmission.class);
        } catch (JsonProcessingException e) {
            return;
        }
        if (submission == null) {
            return;
        }
        KeyValueEntry.readable(submission.deployment());
        try {
            Overrides overrides = KeyValueEntry.read(submission.deployment(), Field.DEPLOYMENT);
            assertEquals(overrides, KeyValueEntry.read(KeyValueEntry.of(overrides), Field.DEPLOYMENT));
            MAPPER.writeValueAsBytes(KeyValueEntry.of(overrides));
        } catch (RefusalException e) {
            Sentences.assertOneLine(e.getMessage());
            MAPPER.writeValueAsBytes(RefusalView.of(e));
        }
    }
}
