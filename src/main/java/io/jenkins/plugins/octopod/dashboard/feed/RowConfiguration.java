package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import java.util.List;
import java.util.Objects;

/**
 * Configuration of a staging, as far as it is known without running a script.
 *
 * @param tag value of the project’s tag key; {@code null} if it is unknown, or the key is removed
 * @param tagIsDefault whether the tag is a default, and not an override
 * @param deployment deployment overrides
 * @param application application overrides
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RowConfiguration(
        @CheckForNull String tag,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean tagIsDefault,
        List<Line> deployment,
        List<Line> application) {

    /**
     * An override.
     *
     * @param value value; {@code null} if the override removes the key
     * @param isDefault whether the override has the same effect as the default
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Line(String key, @CheckForNull String value, boolean isDefault) {}

    /**
     * Returns the configuration of a staging.
     *
     * @param defaultsShown whether the viewer is allowed to see defaults, which are output of scripts
     */
    static RowConfiguration of(Staging staging, OctopodProject project, boolean defaultsShown) {
        Overrides deployment = staging.getDeploymentOverrides();
        Overrides application = staging.getApplicationOverrides();
        DefaultsService service = DefaultsService.get();
        Configuration deploymentDefaults =
                defaultsShown ? service.knownDeployment(project).orElse(null) : null;
        Configuration applicationDefaults = deploymentDefaults == null
                ? null
                : service.knownApplication(project, deployment.applyTo(deploymentDefaults))
                        .orElse(null);
        String key = project.getTagKey();
        String set = deployment.value(key).or(() -> application.value(key)).orElse(null);
        boolean isUnset = set == null && !deployment.isRemoved(key) && !application.isRemoved(key);
        String defaultValue = isUnset ? value(deploymentDefaults, applicationDefaults, key) : null;
        return new RowConfiguration(
                isUnset ? defaultValue : set,
                defaultValue != null,
                lines(deployment, deploymentDefaults),
                lines(application, applicationDefaults));
    }

    @CheckForNull
    private static String value(
            @CheckForNull Configuration deployment, @CheckForNull Configuration application, String key) {
        String value = deployment == null ? null : deployment.asMap().get(key);
        return value != null || application == null
                ? value
                : application.asMap().get(key);
    }

    private static List<Line> lines(Overrides overrides, @CheckForNull Configuration defaults) {
        return overrides.toList((key, value) -> new Line(key, value, isDefault(key, value, defaults)));
    }

    private static boolean isDefault(String key, @CheckForNull String value, @CheckForNull Configuration defaults) {
        return defaults != null && Objects.equals(value, defaults.asMap().get(key));
    }
}
