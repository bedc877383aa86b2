package io.jenkins.plugins.octopod.cli.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.ExternalStaging;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A staging in the original Octopod’s list, parsed or not.
 *
 * @param name name of the staging, or its position in the list, in words, if the name can’t be read
 * @param staging the parsed staging, or {@code null} if it can’t be parsed
 * @param inProgress whether the original had an unfinished action for the staging
 * @param problem sentence that says what can’t be parsed, or {@code null} if everything can
 */
@Restricted(NoExternalUse.class)
public record LegacyStaging(
        String name,
        @CheckForNull ExternalStaging staging,
        boolean inProgress,
        @CheckForNull String problem) {

    /**
     * Parses a staging.
     *
     * @param place position in the list, beginning with 1
     */
    static LegacyStaging read(JsonNode element, int place) {
        JsonNode name = element.path("deployment").path("name");
        String known = name.isTextual() ? name.textValue() : Messages.LegacyStaging_place(place);
        boolean inProgress = element.path("status").path("tag").asText().equals("DeploymentPending");
        try {
            return new LegacyStaging(known, FullInfoParser.read(element), inProgress, null);
        } catch (RefusalException e) {
            return new LegacyStaging(known, null, inProgress, e.getMessage());
        }
    }
}
