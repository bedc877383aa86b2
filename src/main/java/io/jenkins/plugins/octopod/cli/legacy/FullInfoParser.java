package io.jenkins.plugins.octopod.cli.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.text.PrintableText;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parser for the JSON that the original Octopod calls {@code FullInfo}. All required fields must be present and valid;
 * nothing is guessed.
 */
final class FullInfoParser {

    private static final String ADDED = "ValueAdded";
    private static final String DELETED = "ValueDeleted";

    /** Range of times. They are stored in milliseconds, which cover less than {@link Instant} does. */
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private FullInfoParser() {}

    /**
     * Parses a staging.
     *
     * @throws RefusalException if something is invalid; the message says what
     */
    static ExternalStaging read(JsonNode fullInfo) throws RefusalException {
        JsonNode deployment = fullInfo.path("deployment");
        return new ExternalStaging(
                // Not changed, because a different name would be a different staging. An invalid name is refused.
                rawText(deployment, "name"),
                status(fullInfo.path("status").path("recorded_status")),
                links(fullInfo),
                new StagingOverrides(
                        overrides(deployment, "app_overrides"), overrides(deployment, "deployment_overrides")),
                time(fullInfo, "created_at"),
                time(fullInfo, "updated_at"));
    }

    private static Status status(JsonNode recorded) throws RefusalException {
        String tag = recorded.path("tag").asText();
        boolean failed = tag.equals("Failure");
        String word = failed ? recorded.path("contents").asText() : tag;
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(word) && status.isFailure() == failed)
                .findFirst()
                .orElseThrow(() -> unknown("recorded_status"));
    }

    private static List<StagingLink> links(JsonNode fullInfo) throws RefusalException {
        List<StagingLink> links = new ArrayList<>();
        for (JsonNode link : list(fullInfo, "metadata")) {
            links.add(new StagingLink(text(link, "name"), text(link, "link")));
        }
        return links;
    }

    private static Overrides overrides(JsonNode deployment, String field) throws RefusalException {
        Overrides.Builder overrides = new Overrides.Builder();
        for (JsonNode pair : list(deployment, field)) {
            if (pair.size() != 2 || !pair.path(0).isTextual()) {
                throw unknown(field);
            }
            overrides.put(pair.path(0).textValue(), value(pair.path(1), field));
        }
        return overrides.build();
    }

    /** Returns the value; null for a key that is removed. */
    @CheckForNull
    private static String value(JsonNode value, String field) throws RefusalException {
        JsonNode contents = value.path("contents");
        return switch (value.path("tag").asText()) {
            case ADDED -> {
                if (!contents.isTextual()) {
                    throw unknown(field);
                }
                yield contents.textValue();
            }
            case DELETED -> null;
            default -> throw unknown(field);
        };
    }

    private static Instant time(JsonNode parent, String field) throws RefusalException {
        try {
            Instant time = Instant.parse(text(parent, field));
            if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Handled like a time that can't be stored.
        }
        throw unknown(field);
    }

    private static JsonNode list(JsonNode parent, String field) throws RefusalException {
        JsonNode list = parent.path(field);
        if (!list.isArray()) {
            throw unknown(field);
        }
        return list;
    }

    /**
     * Returns printable text. Keys and values of overrides aren’t changed either, but refused if they can’t be stored.
     */
    private static String text(JsonNode parent, String field) throws RefusalException {
        return PrintableText.of(rawText(parent, field));
    }

    private static String rawText(JsonNode parent, String field) throws RefusalException {
        JsonNode text = parent.path(field);
        if (!text.isTextual()) {
            throw unknown(field);
        }
        return text.textValue();
    }

    private static RefusalException unknown(String field) {
        return new RefusalException(Reason.INVALID_INPUT, Messages.FullInfoParser_unknown(field));
    }
}
