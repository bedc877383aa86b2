package io.jenkins.plugins.octopod.cli.output;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
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
     * One staging of the list.
     *
     * @param status that it had there; null if that can’t be read
     * @param url of the staging that was made; null if none was
     * @param problem why it can’t be imported, in a sentence; null if it can
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
