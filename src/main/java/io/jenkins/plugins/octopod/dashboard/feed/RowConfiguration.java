package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import java.util.ArrayList;
import java.util.List;

/**
 * What a staging is configured with, as far as that is known without asking a script.
 *
 * @param deployment overrides
 * @param application overrides
 * @param tag the value of the project’s tag key; null if it isn’t known
 * @param tagIsDefault whether nobody has set it
 */
record RowConfiguration(List<Line> deployment, List<Line> application, String tag, boolean tagIsDefault) {

    /**
     * An override.
     *
     * @param value null removes the key
     * @param isDefault whether it comes to the same as the default
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Line(String key, String value, boolean isDefault) {}

    /**
     * @param defaultsShown whether the viewer may know what the scripts have printed, which the defaults are
     */
    static RowConfiguration of(Staging staging, OctopodProject project, boolean defaultsShown) {
        Overrides deployment = staging.getDeploymentOverrides();
        Overrides application = staging.getApplicationOverrides();
        DefaultsCache cache = DefaultsCache.get();
        Configuration deploymentDefaults =
                defaultsShown ? cache.knownDeployment(project).orElse(null) : null;
        Configuration applicationDefaults = deploymentDefaults == null
                ? null
                : cache.knownApplication(project, deployment.applyTo(deploymentDefaults))
                        .orElse(null);
        String key = project.getTagKey();
        String set = deployment.value(key).or(() -> application.value(key)).orElse(null);
        boolean isUnset = set == null && !deployment.isRemoved(key) && !application.isRemoved(key);
        String defaultValue = isUnset ? value(deploymentDefaults, applicationDefaults, key) : null;
        return new RowConfiguration(
                lines(deployment, deploymentDefaults),
                lines(application, applicationDefaults),
                isUnset ? defaultValue : set,
                defaultValue != null);
    }

    @CheckForNull
    private static String value(Configuration deployment, Configuration application, String key) {
        String value = deployment == null ? null : deployment.asMap().get(key);
        return value != null || application == null
                ? value
                : application.asMap().get(key);
    }

    private static List<Line> lines(Overrides overrides, @CheckForNull Configuration defaults) {
        List<Line> lines = new ArrayList<>(overrides.asMap().size());
        overrides.asMap().forEach((key, value) -> {
            boolean isDefault = defaults != null
                    && (value == null
                            ? !defaults.asMap().containsKey(key)
                            : value.equals(defaults.asMap().get(key)));
            lines.add(new Line(key, value, isDefault));
        });
        return lines;
    }
}
