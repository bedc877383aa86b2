package io.jenkins.plugins.octopod.cli.original;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.ExternalStaging;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One staging of a list: read, or not understood.
 *
 * @param name as far as it can be read; else its place in the list, in words
 * @param staging null where it isn’t understood
 * @param underWay whether the original was about to do something with it
 * @param problem what isn’t understood, in a sentence; null where all is
 */
@Restricted(NoExternalUse.class)
public record LegacyStaging(
        String name,
        @CheckForNull ExternalStaging staging,
        boolean underWay,
        @CheckForNull String problem) {

    /** @param place in the list, beginning with 1 */
    static LegacyStaging read(JsonNode element, int place) {
        JsonNode name = element.path("deployment").path("name");
        String known = name.isTextual() ? name.textValue() : Messages.LegacyStaging_place(place);
        boolean underWay = element.path("status").path("tag").asText().equals("DeploymentPending");
        try {
            return new LegacyStaging(known, FullInfoParser.read(element), underWay, null);
        } catch (RefusalException e) {
            return new LegacyStaging(known, null, underWay, e.getMessage());
        }
    }
}
