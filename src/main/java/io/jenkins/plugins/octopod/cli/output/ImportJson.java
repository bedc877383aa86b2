package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/**
 * JSON representation of the result of an import.
 *
 * @param dryRun whether the import was only simulated
 */
@ModuleInternal
public record ImportJson(String project, boolean dryRun, List<Line> stagings) {

    /**
     * Staging in the list.
     *
     * @param status status at the original server; null if it is unreadable
     * @param url URL of the imported staging; null if there is none
     * @param problem sentence that says why the staging can’t be imported; null if it can
     */
    public record Line(
            String name,
            @CheckForNull String status,
            @CheckForNull String url,
            @CheckForNull String problem) {

        public static Line of(ImportEntry entry) {
            Staging imported = entry.imported();
            return new Line(
                    entry.original().name(),
                    entry.original().staging() == null ? null : entry.status(),
                    imported == null ? null : StagingJson.absolute(imported.getUrl()),
                    entry.problem());
        }
    }
}
