package io.jenkins.plugins.octopod.staging.defaults;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.github.benmanes.caffeine.cache.Ticker;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.support.AgentCalls;
import io.jenkins.plugins.octopod.staging.support.FairExecutor.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Caches the output of the config scripts, for pages. Scripts run on background threads, on an agent that is online,
 * without using an executor. A method does not block unless its Javadoc says so.
 */
@Extension
public final class DefaultsCache {

    private static final Logger LOGGER = Logger.getLogger(DefaultsCache.class.getName());

    private final RefreshingCache<Configuration> defaults;
    private final RefreshingCache<List<String>> keys;

    /** Number of times that results were removed because settings changed. */
    private long invalidations;

    public DefaultsCache() {
        this(Ticker.systemTicker());
    }

    /** Creates a cache with a given clock, for tests. */
    DefaultsCache(Ticker ticker) {
        defaults = new RefreshingCache<>(
                defaultsQuery -> ask(defaultsQuery, ConfigScripts::defaults),
                configuration -> RefreshingCache.weight(configuration.asMap().keySet())
                        + RefreshingCache.weight(configuration.asMap().values()),
                DefaultsCache::threads,
                ticker,
                DefaultsListener::fire);
        keys = new RefreshingCache<>(
                defaultsQuery -> ask(defaultsQuery, ConfigScripts::keys),
                RefreshingCache::weight,
                DefaultsCache::threads,
                ticker,
                defaultsQuery -> {});
    }

    public static DefaultsCache get() {
        return ExtensionList.lookupSingleton(DefaultsCache.class);
    }

    /**
     * Returns the cached defaults of a staging with these overrides. Starts the scripts whose output isn’t known.
     *
     * @param overrides overrides of the deployment, which the application’s defaults depend on
     */
    public CachedDefaults ask(OctopodProject project, Overrides overrides) {
        CachedValue<Configuration> deployment = defaults.ask(deploymentDefaults(project));
        CachedValue<List<String>> deploymentKeys =
                keys.ask(DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        Configuration full = deployment.known().map(overrides::applyTo).orElse(null);
        if (full == null) {
            return new CachedDefaults(deployment, deploymentKeys, notAsked(deployment), notAsked(deployment));
        }
        return new CachedDefaults(
                deployment,
                deploymentKeys,
                defaults.ask(applicationDefaults(project, full)),
                keys.ask(DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full)));
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
        return defaults.await(DefaultsQuery.of(project, script, deployment), limit);
    }

    /** Like {@link #awaitDefaults}, but for the two scripts for keys. */
    public CachedValue<List<String>> awaitKeys(
            OctopodProject project, ControlScript script, Configuration deployment, Duration limit)
            throws InterruptedException {
        return keys.await(DefaultsQuery.of(project, script, deployment), limit);
    }

    /** Returns whether the output of a config script is known, so that its await method returns at once. */
    public boolean isKnown(OctopodProject project, ControlScript script, Configuration deployment) {
        DefaultsQuery defaultsQuery = DefaultsQuery.of(project, script, deployment);
        return defaults.known(defaultsQuery).isPresent()
                || keys.known(defaultsQuery).isPresent();
    }

    /**
     * Returns the defaults of a staging if all of them are already known. Runs no script.
     *
     * @param overrides overrides of the deployment
     */
    public Optional<ConfigurationDefaults> known(OctopodProject project, Overrides overrides) {
        return defaults.known(deploymentDefaults(project))
                .flatMap(deployment -> defaults.known(applicationDefaults(project, overrides.applyTo(deployment)))
                        .map(application -> new ConfigurationDefaults(application, deployment)));
    }

    /** Returns the deployment’s defaults if they are already known. Runs no script. */
    public Optional<Configuration> knownDeployment(OctopodProject project) {
        return defaults.known(deploymentDefaults(project));
    }

    /**
     * Returns the application’s defaults if they are already known. Runs no script.
     *
     * @param deployment full configuration of the deployment, which the defaults depend on
     */
    public Optional<Configuration> knownApplication(OctopodProject project, Configuration deployment) {
        return defaults.known(applicationDefaults(project, deployment));
    }

    /**
     * Like {@link #ask}, but without the keys.
     *
     * @param overrides overrides of the deployment
     */
    public CachedValue<ConfigurationDefaults> askDefaults(OctopodProject project, Overrides overrides) {
        CachedValue<Configuration> deployment = defaults.ask(deploymentDefaults(project));
        if (!(deployment instanceof CachedValue.Ready<Configuration> readyDeployment)) {
            return notAsked(deployment);
        }
        Configuration full = overrides.applyTo(readyDeployment.value());
        CachedValue<Configuration> application = defaults.ask(applicationDefaults(project, full));
        return application instanceof CachedValue.Ready<Configuration> readyApplication
                ? new CachedValue.Ready<>(
                        new ConfigurationDefaults(readyApplication.value(), readyDeployment.value()),
                        readyDeployment.refreshing() || readyApplication.refreshing(),
                        readyApplication.problem())
                : notAsked(application);
    }

    /** Starts the scripts again whose output {@link #ask} returns. */
    public void reload(OctopodProject project, Overrides overrides) {
        defaults.reload(deploymentDefaults(project));
        keys.reload(DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        defaults.known(deploymentDefaults(project)).map(overrides::applyTo).ifPresent(full -> {
            defaults.reload(applicationDefaults(project, full));
            keys.reload(DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full));
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
        long before = invalidations();
        ConfigurationDefaults configurationDefaults = ConfigurationDefaults.ask(scripts, project.identity(), overrides);
        put(project, overrides, configurationDefaults, before);
        return configurationDefaults;
    }

    /**
     * Caches defaults unless settings have changed while the scripts ran, because the defaults may then be outdated.
     */
    private synchronized void put(
            OctopodProject project,
            Overrides overrides,
            ConfigurationDefaults configurationDefaults,
            long expectedInvalidations) {
        if (invalidations == expectedInvalidations) {
            defaults.put(deploymentDefaults(project), configurationDefaults.deployment());
            defaults.put(
                    applicationDefaults(project, overrides.applyTo(configurationDefaults.deployment())),
                    configurationDefaults.application());
        }
    }

    private synchronized long invalidations() {
        return invalidations;
    }

    /** Removes the results of a project. */
    void invalidate(OctopodProject project) {
        invalidate(defaultsQuery -> defaultsQuery.project().equals(project.getFullName()));
    }

    /** Removes the results of all projects in a folder, at any depth. */
    void invalidateBelow(AbstractFolder<?> folder) {
        invalidate(defaultsQuery -> defaultsQuery.project().startsWith(folder.getFullName() + '/'));
    }

    void invalidateAll() {
        invalidate(defaultsQuery -> true);
    }

    private synchronized void invalidate(Predicate<DefaultsQuery> which) {
        invalidations++;
        defaults.invalidate(which);
        keys.invalidate(which);
    }

    /** Returns the threads for calls of agents, which count as calls of the current user. */
    private static Executor threads(DefaultsQuery defaultsQuery) {
        Owner owner = AgentCalls.owner(defaultsQuery.project());
        return command -> AgentCalls.get().executor().execute(owner, defaultsQuery.weight(), command);
    }

    private static DefaultsQuery deploymentDefaults(OctopodProject project) {
        return DefaultsQuery.of(project, ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
    }

    private static DefaultsQuery applicationDefaults(OctopodProject project, Configuration deployment) {
        return DefaultsQuery.of(project, ControlScript.APPLICATION_CONFIG, deployment);
    }

    @FunctionalInterface
    private interface Script<V> {
        V ask(AgentScripts scripts, ControlScript script, List<String> arguments)
                throws IOException, InterruptedException, ScriptFailureException;
    }

    private static <V> CachedValue<V> ask(DefaultsQuery defaultsQuery, Script<V> script) {
        Label label = defaultsQuery.label() == null ? null : Label.get(defaultsQuery.label());
        OctopodProject project = Jenkins.get().getItemByFullName(defaultsQuery.project(), OctopodProject.class);
        Optional<Node> node = project == null ? Optional.empty() : ProjectAgents.online(project);
        if (node.isEmpty()) {
            if (project != null) {
                ProjectAgents.need(project);
            }
            return new CachedValue.Unavailable<>(noAgentMessage(label));
        }
        try {
            AgentScripts scripts = AgentScripts.prepare(node.get(), defaultsQuery.tool(), secrets(defaultsQuery));
            return new CachedValue.Ready<>(
                    script.ask(scripts, defaultsQuery.script(), defaultsQuery.arguments()), false, null);
        } catch (ScriptFailureException e) {
            return new CachedValue.Failed<>(e.restrictedMessage());
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.get().getNodeName() + " didn’t answer");
            return new CachedValue.Unavailable<>(
                    Messages.DefaultsCache_unreachable(node.get().getDisplayName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CachedValue.Unavailable<>(Messages.DefaultsCache_stopping());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> defaultsQuery.script() + " couldn’t be asked");
            return new CachedValue.Failed<>(Messages.DefaultsCache_internalError(defaultsQuery.script(), e));
        }
    }

    /**
     * Returns the project’s secrets without credentials of overrides. The scripts’ output is visible to all users, so
     * these scripts get only the name of a credential in overrides.
     */
    private static ScriptSecrets secrets(DefaultsQuery defaultsQuery) throws ScriptFailureException {
        OctopodProject project = Jenkins.get().getItemByFullName(defaultsQuery.project(), OctopodProject.class);
        return project == null ? ScriptSecrets.NONE : ScriptCredentialsProvider.of(project);
    }

    private static RestrictedMessage noAgentMessage(Label label) {
        if (label == null) {
            return RestrictedMessage.unrestricted(Messages.DefaultsCache_noAgent());
        }
        return new RestrictedMessage(
                Messages.DefaultsCache_noAgent(),
                label.isEmpty()
                        ? Messages.DefaultsCache_noAgentHasLabel(label.getExpression())
                        : Messages.DefaultsCache_noAgentOfLabel(label.getExpression()));
    }
}
