package io.jenkins.plugins.octopod.cli.legacy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Parser for the original Octopod’s response to {@code GET deployments}, a list of its stagings. */
@Restricted(NoExternalUse.class)
public final class LegacyStagingList {

    /** In bytes: thousands of stagings. */
    public static final int MAX_LENGTH = 16 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LegacyStagingList() {}

    /**
     * Reads each for itself, so that one that isn’t understood costs no other.
     *
     * @throws RefusalException if there is no list at all, or more than {@link #MAX_LENGTH} bytes; quotes nothing of it
     */
    public static List<LegacyStaging> read(byte[] json) throws RefusalException {
        if (json.length > MAX_LENGTH) {
            throw refused(Messages.LegacyStagingList_tooLong(MAX_LENGTH >> 20));
        }
        JsonNode list = parse(json);
        if (!list.isArray()) {
            throw refused(Messages.LegacyStagingList_noList());
        }
        List<LegacyStaging> stagings = new ArrayList<>();
        for (JsonNode element : list) {
            stagings.add(LegacyStaging.read(element, stagings.size() + 1));
        }
        return stagings;
    }

    private static JsonNode parse(byte[] json) throws RefusalException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw refused(
                    place == null
                            ? Messages.LegacyStagingList_noList()
                            : Messages.LegacyStagingList_malformed(
                                    Integer.toString(place.getLineNr()), Integer.toString(place.getColumnNr())));
        } catch (IOException e) {
            throw refused(Messages.LegacyStagingList_noList()); // Bytes that are no text in any encoding of JSON.
        }
    }

    private static RefusalException refused(String sentence) {
        return new RefusalException(Reason.INVALID_INPUT, sentence);
    }
}
