package io.jenkins.plugins.octopod.pipeline;

import java.io.IOException;
import java.io.ObjectInputStream.GetField;

/**
 * Reads a step of a Pipeline that was stored before {@link StoredStep} existed, as fields with classes of this plugin.
 */
final class LegacyStep {

    private static final String REQUEST = "order";

    private LegacyStep() {}

    /** Returns whether the fields belong to a step in this old form. */
    static boolean isIn(GetField fields) throws IOException, ClassNotFoundException {
        return object(fields, REQUEST) != null;
    }

    static StoredStep read(GetField fields) throws IOException, ClassNotFoundException {
        StagingOrder request = (StagingOrder) object(fields, REQUEST);
        Requester requester = (Requester) object(fields, "requester");
        RunLog log = (RunLog) object(fields, "log");
        StagingReference staging = (StagingReference) object(fields, "staging");
        return StoredStep.of(request.request(), (String) object(fields, "requestId"))
                .withUser(requester == null ? null : requester.userId())
                .withLogOffset(log == null ? 0 : log.offset())
                .withStaging(staging == null ? null : staging.toString())
                .withRunAnnounced(fields.get("runAnnounced", false))
                .withDelayExplained(fields.get("delayExplained", false))
                .withCleanedUp(fields.get("cleanedUp", false));
    }

    /** Returns the field’s value; null if the field doesn’t exist. */
    private static Object object(GetField fields, String name) throws IOException, ClassNotFoundException {
        try {
            return fields.get(name, null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
