package io.jenkins.plugins.octopod.staging.request;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.project.access.CredentialsAuthority;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.ArrayList;
import java.util.List;

/**
 * Overrides of a staging for a new one, without those that name a credential which the current user may not use.
 *
 * @param leftOut keys that were left out
 */
public record OverridesCopy(StagingOverrides overrides, List<String> leftOut) {

    /** Copies the overrides of a staging that the current user can see. */
    public static OverridesCopy of(Staging staging) {
        List<String> leftOut = new ArrayList<>();
        StagingOverrides all = staging.overrides();
        StagingOverrides usable = new StagingOverrides(
                usable(staging.getParent(), all.application(), leftOut),
                usable(staging.getParent(), all.deployment(), leftOut));
        return new OverridesCopy(usable, List.copyOf(leftOut));
    }

    private static Overrides usable(OctopodProject project, Overrides all, List<String> leftOut) {
        return all.filter((key, value) -> {
            Overrides one = all.filter((other, ignored) -> other.equals(key));
            boolean isUsable = ScriptCredentialsProvider.validate(
                            project, CredentialsAuthority.USER, Overrides.NONE, one)
                    .isEmpty();
            if (!isUsable) {
                leftOut.add(key);
            }
            return isUsable;
        });
    }
}
