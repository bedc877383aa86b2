package io.jenkins.plugins.octopod.staging.defaults;

import io.jenkins.plugins.octopod.engine.Configuration;
import java.util.List;

/**
 * Cached results of the four config scripts.
 *
 * @param deployment defaults of the deployment
 * @param deploymentKeys keys that a deployment can have
 * @param application defaults of the application for the given deployment; failed if {@code deployment} failed
 * @param applicationKeys keys that the application can have for the given deployment; failed if {@code deployment}
 *     failed
 */
public record CachedDefaults(
        CachedValue<Configuration> deployment,
        CachedValue<List<String>> deploymentKeys,
        CachedValue<Configuration> application,
        CachedValue<List<String>> applicationKeys) {}
