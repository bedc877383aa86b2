package io.jenkins.plugins.octopod.staging.defaults;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Returns the defaults of stagings, for pages and requests, from the cached output of the config scripts. The scripts
 * run on background threads. A method does not block unless its Javadoc says so.
 */
@Extension
public final class DefaultsService {

    private final DefaultsCache cache = new DefaultsCache();

    public static DefaultsService get() {
        return ExtensionList.lookupSingleton(DefaultsService.class);
    }

    /**
     * Returns the cached defaults of a staging with these overrides. Starts the scripts whose output isn’t known.
     *
     * @param overrides overrides of the deployment, which the application’s defaults depend on
     */
    public CachedDefaults ask(OctopodProject project, Overrides overrides) {
        CachedValue<Configuration> deployment = cache.defaults().ask(deploymentDefaults(project));
        CachedValue<List<String>> deploymentKeys =
                cache.keys().ask(DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        Configuration full = deployment.known().map(overrides::applyTo).orElse(null);
        if (full == null) {
            return new CachedDefaults(deployment, deploymentKeys, notAsked(deployment), notAsked(deployment));
        }
        return new CachedDefaults(
                deployment,
                deploymentKeys,
                cache.defaults().ask(applicationDefaults(project, full)),
                cache.keys().ask(DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full)));
    }

    /** Returns the state of a result that can’t be requested before the deployment’s defaults are known. */
    private static <V> CachedValue<V> notAsked(CachedValue<Configuration> deployment) {
        if (deployment instanceof CachedValue.Failed<Configuration> failed) {
            return new CachedValue.Failed<>(failed.message());
        }
        return deployment instanceof CachedValue.Unavailable<Configuration> unavailable
                ? new CachedValue.Unavailable<>(unavailable.message())
                : new CachedValue.Loading<>();
    }

    /**
     * Returns the output of one of the two scripts for defaults. Blocks.
     *
     * @param script {@code deployment_config} or {@code application_config}
     * @param deployment full configuration of the deployment, which that of the application depends on
     * @param limit longest time to wait
     */
    public CachedValue<Configuration> awaitDefaults(
            OctopodProject project, ControlScript script, Configuration deployment, Duration limit)
            throws InterruptedException {
        return cache.defaults().await(DefaultsQuery.of(project, script, deployment), limit);
    }

    /** Like {@link #awaitDefaults}, but for the two scripts for keys. */
    public CachedValue<List<String>> awaitKeys(
            OctopodProject project, ControlScript script, Configuration deployment, Duration limit)
            throws InterruptedException {
        return cache.keys().await(DefaultsQuery.of(project, script, deployment), limit);
    }

    /** Returns whether the output of a config script is known, so that its await method returns at once. */
    public boolean isKnown(OctopodProject project, ControlScript script, Configuration deployment) {
        DefaultsQuery defaultsQuery = DefaultsQuery.of(project, script, deployment);
        return cache.defaults().known(defaultsQuery).isPresent()
                || cache.keys().known(defaultsQuery).isPresent();
    }

    /**
     * Returns the defaults of a staging if all of them are already known. Runs no script.
     *
     * @param overrides overrides of the deployment
     */
    public Optional<ConfigurationDefaults> known(OctopodProject project, Overrides overrides) {
        return cache.defaults().known(deploymentDefaults(project)).flatMap(deployment -> cache.defaults()
                .known(applicationDefaults(project, overrides.applyTo(deployment)))
                .map(application -> new ConfigurationDefaults(application, deployment)));
    }

    /** Returns the deployment’s defaults if they are already known. Runs no script. */
    public Optional<Configuration> knownDeployment(OctopodProject project) {
        return cache.defaults().known(deploymentDefaults(project));
    }

    /**
     * Returns the application’s defaults if they are already known. Runs no script.
     *
     * @param deployment full configuration of the deployment, which the defaults depend on
     */
    public Optional<Configuration> knownApplication(OctopodProject project, Configuration deployment) {
        return cache.defaults().known(applicationDefaults(project, deployment));
    }

    /**
     * Like {@link #ask}, but without the keys.
     *
     * @param overrides overrides of the deployment
     */
    public CachedValue<ConfigurationDefaults> askDefaults(OctopodProject project, Overrides overrides) {
        CachedValue<Configuration> deployment = cache.defaults().ask(deploymentDefaults(project));
        if (!(deployment instanceof CachedValue.Ready<Configuration> readyDeployment)) {
            return notAsked(deployment);
        }
        Configuration full = overrides.applyTo(readyDeployment.value());
        CachedValue<Configuration> application = cache.defaults().ask(applicationDefaults(project, full));
        return application instanceof CachedValue.Ready<Configuration> readyApplication
                ? new CachedValue.Ready<>(
                        new ConfigurationDefaults(readyApplication.value(), readyDeployment.value()),
                        readyDeployment.refreshing() || readyApplication.refreshing(),
                        readyApplication.problem())
                : notAsked(application);
    }

    /** Returns the cached output of the script {@code tags}. Starts the script if its output isn’t known. */
    public CachedValue<List<SuggestedTag>> askTags(OctopodProject project) {
        return cache.tags().ask(tagsOf(project));
    }

    /** Starts the scripts again whose output {@link #ask} and {@link #askTags} return. */
    public void reload(OctopodProject project, Overrides overrides) {
        cache.defaults().reload(deploymentDefaults(project));
        cache.tags().reload(tagsOf(project));
        cache.keys().reload(DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        cache.defaults()
                .known(deploymentDefaults(project))
                .map(overrides::applyTo)
                .ifPresent(full -> {
                    cache.defaults().reload(applicationDefaults(project, full));
                    cache.keys().reload(DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full));
                });
    }

    /**
     * Runs the scripts for a caller that needs newer values than the cached ones, and caches their output. Blocks.
     *
     * @param scripts the project’s scripts on the agent that runs them
     * @param overrides overrides of the deployment
     * @throws ScriptFailureException if a script fails, or its output can’t be parsed
     * @throws IOException if the agent can’t be reached
     */
    public ConfigurationDefaults fetch(AgentScripts scripts, OctopodProject project, Overrides overrides)
            throws IOException, InterruptedException, ScriptFailureException {
        long before = cache.invalidations();
        ConfigurationDefaults fetched = ConfigurationDefaults.ask(scripts, project.identity(), overrides);
        Configuration full = overrides.applyTo(fetched.deployment());
        cache.put(deploymentDefaults(project), applicationDefaults(project, full), fetched, before);
        return fetched;
    }

    /** Removes results that may be outdated because settings have changed. */
    void invalidate(Predicate<DefaultsQuery> which) {
        cache.invalidate(which);
    }

    private static DefaultsQuery deploymentDefaults(OctopodProject project) {
        return DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
    }

    private static DefaultsQuery tagsOf(OctopodProject project) {
        return DefaultsQuery.of(project, ControlScript.TAGS, Configuration.EMPTY);
    }

    private static DefaultsQuery applicationDefaults(OctopodProject project, Configuration deployment) {
        return DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG, deployment);
    }
}
