package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/**
 * JSON representation of the result of an import.
 *
 * @param project full name of the project
 * @param dryRun whether nothing was imported, because the user asked only for the list
 */
@ModuleInternal
public record ImportJson(String project, boolean dryRun, List<Line> stagings) {

    /**
     * JSON representation of a staging of the original’s list.
     *
     * @param status status at the original; {@code null} if it can’t be read
     * @param url URL of the imported staging; {@code null} if it wasn’t imported
     * @param problem sentence that says why the staging can’t be imported; {@code null} if it can
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
                    imported == null ? null : AbsoluteUrl.of(imported.getUrl()),
                    entry.problem());
        }
    }
}
