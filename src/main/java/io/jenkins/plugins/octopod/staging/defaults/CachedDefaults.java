package io.jenkins.plugins.octopod.staging.defaults;

import io.jenkins.plugins.octopod.engine.Configuration;
import java.util.List;

/**
 * What is known by now of what the four config scripts say.
 *
 * @param deployment defaults
 * @param deploymentKeys that a deployment may have
 * @param application defaults, for the deployment that was asked about; fail where the deployment’s do
 * @param applicationKeys that an application may have, as above
 */
public record CachedDefaults(
        CachedValue<Configuration> deployment,
        CachedValue<List<String>> deploymentKeys,
        CachedValue<Configuration> application,
        CachedValue<List<String>> applicationKeys) {}
