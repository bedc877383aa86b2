package io.jenkins.plugins.octopod.pipeline.value;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.StagingService;

/**
 * Staging name that results from the name in a Pipeline.
 *
 * @param value name of the staging
 * @param branch branch name that the staging name was made from, or {@code null} if the Pipeline gave the staging name
 *     itself
 */
@ModuleInternal
public record ResolvedStagingName(
        String value, @CheckForNull String branch) {

    /**
     * Resolves a name. The name of an existing staging that the build can see is used unchanged, so that the result of
     * one step can be passed to the next. Any other name is converted by {@link StagingName#fromBranch}.
     *
     * @throws RefusalException if the name can’t be converted
     */
    public static ResolvedStagingName of(@CheckForNull String given, OctopodProject project) throws RefusalException {
        if (StagingService.find(project, given).isPresent()) {
            return new ResolvedStagingName(given, null);
        }
        String name = StagingName.fromBranch(given, project.getMaxNameLength()).value();
        return new ResolvedStagingName(name, name.equals(given) ? null : given);
    }
}
