package io.jenkins.plugins.octopod.cli.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
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

    /** Limit in bytes, enough for thousands of stagings. */
    public static final int MAX_LENGTH = 16 << 20;

    static final int MAX_STAGINGS = 20_000;

    /** Limit of JSON tokens, such as keys, values and brackets: a hundred for each staging. */
    static final int MAX_TOKENS = 2_000_000;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();

    private LegacyStagingList() {}

    /**
     * Parses each staging separately, so that an invalid one doesn’t affect the others.
     *
     * @throws RefusalException if there is no list, or more than {@link #MAX_LENGTH} bytes or {@link #MAX_STAGINGS}
     *     stagings; the message quotes nothing of it
     */
    public static List<LegacyStaging> read(byte[] json) throws RefusalException {
        if (json.length > MAX_LENGTH) {
            throw refused(Messages.LegacyStagingList_tooLong(MAX_LENGTH >> 20));
        }
        try (JsonParser parser = MAPPER.createParser(json)) {
            return read(parser);
        } catch (IOException e) {
            throw refused(Messages.LegacyStagingList_noList()); // The bytes aren’t text in any of JSON’s encodings.
        }
    }

    /** Parses one staging at a time, because a tree of the whole list needs many times its size in memory. */
    private static List<LegacyStaging> read(JsonParser parser) throws IOException, RefusalException {
        List<LegacyStaging> stagings = new ArrayList<>();
        try {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw refused(Messages.LegacyStagingList_noList());
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (stagings.size() == MAX_STAGINGS) {
                    throw refused(Messages.LegacyStagingList_tooMany(MAX_STAGINGS));
                }
                JsonNode element = MAPPER.readTree(parser);
                stagings.add(LegacyStaging.read(element, stagings.size() + 1));
            }
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            throw parser.currentTokenCount() >= MAX_TOKENS
                    ? refused(Messages.LegacyStagingList_tooMany(MAX_STAGINGS))
                    : malformed(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
        }
        return stagings;
    }

    private static RefusalException malformed(JsonLocation place) {
        return refused(Messages.LegacyStagingList_malformed(
                Integer.toString(place.getLineNr()), Integer.toString(place.getColumnNr())));
    }

    private static RefusalException refused(String sentence) {
        return new RefusalException(Reason.INVALID_INPUT, sentence);
    }
}
