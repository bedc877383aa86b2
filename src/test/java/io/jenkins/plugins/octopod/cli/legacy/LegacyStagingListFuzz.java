package io.jenkins.plugins.octopod.cli.legacy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.fuzz.Sentences;
import io.jenkins.plugins.octopod.fuzz.Storable;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import java.time.Instant;
import java.util.List;

/** What another Octopod answers is read, staging by staging, or is refused with a sentence. */
public final class LegacyStagingListFuzz {

    private LegacyStagingListFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<LegacyStaging> list;
        try {
            list = LegacyStagingList.read(input);
        } catch (RefusalException e) {
            assertEquals(Reason.INVALID_INPUT, e.getReason());
            Sentences.assertNoInternals(e.getMessage());
            return;
        }
        for (LegacyStaging legacyStaging : list) {
            assertNotNull(legacyStaging.name());
            if (legacyStaging.staging() == null) {
                Sentences.assertOneLine(legacyStaging.problem());
            } else {
                assertStorable(legacyStaging.staging());
            }
        }
    }

    private static void assertStorable(ExternalStaging staging) {
        assertStorable(staging.createdAt());
        assertStorable(staging.changedAt());
        for (StagingLink link : staging.links()) {
            assertEquals(PrintableText.of(link.name()), link.name());
            assertEquals(PrintableText.of(link.url()), link.url());
        }
        Storable.assertOverrides(staging.overrides().application());
        Storable.assertOverrides(staging.overrides().deployment());
    }

    /** In milliseconds since 1970, as it is stored: a time may be too far away for that. */
    private static void assertStorable(Instant time) {
        assertDoesNotThrow(time::toEpochMilli);
    }
}
