package io.jenkins.plugins.octopod.staging.defaults;

import com.github.benmanes.caffeine.cache.Ticker;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentials;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigScripts;
import io.jenkins.plugins.octopod.scripts.Defaults;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ScriptSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;

/**
 * What the config scripts say, for pages. Scripts are asked on background threads, on an agent that is online, without using
 * an executor. None of the methods waits but those that say so.
 */
@Extension
public final class DefaultsCache {

    private static final Logger LOGGER = Logger.getLogger(DefaultsCache.class.getName());

    /** Each is held by a script for a minute at most, or by a tool that is being installed. */
    private static final int THREADS = 16;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "Octopod defaults"));

    private final AnswerCache<Configuration> defaults;
    private final AnswerCache<List<String>> keys;

    public DefaultsCache() {
        this(Ticker.systemTicker());
    }

    /** With a clock that tests set. */
    DefaultsCache(Ticker ticker) {
        threads.allowCoreThreadTimeOut(true);
        Executor system = new ImpersonatingExecutorService(threads, ACL.SYSTEM2);
        defaults = new AnswerCache<>(
                question -> ask(question, ConfigScripts::defaults),
                configuration -> AnswerCache.weight(configuration.asMap().keySet())
                        + AnswerCache.weight(configuration.asMap().values()),
                system,
                ticker,
                DefaultsListener::fire);
        keys = new AnswerCache<>(
                question -> ask(question, ConfigScripts::keys), AnswerCache::weight, system, ticker, question -> {});
    }

    public static DefaultsCache get() {
        return ExtensionList.lookupSingleton(DefaultsCache.class);
    }

    /**
     * What is known by now of the defaults that a staging would have; has the scripts asked for what isn’t known.
     *
     * @param overrides of the deployment, which the application’s defaults depend on
     */
    public DefaultsAnswers ask(OctopodProject project, Overrides overrides) {
        Answer<Configuration> deployment = defaults.ask(deploymentDefaults(project));
        Answer<List<String>> deploymentKeys =
                keys.ask(Question.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        Configuration full = deployment.known().map(overrides::over).orElse(null);
        if (full == null) {
            return new DefaultsAnswers(deployment, deploymentKeys, notAsked(deployment), notAsked(deployment));
        }
        return new DefaultsAnswers(
                deployment,
                deploymentKeys,
                defaults.ask(applicationDefaults(project, full)),
                keys.ask(Question.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full)));
    }

    /** What can’t be told before the other’s defaults are known. */
    private static <V> Answer<V> notAsked(Answer<Configuration> deployment) {
        if (deployment instanceof Answer.Failed<Configuration> failed) {
            return new Answer.Failed<>(failed.sentence());
        }
        return deployment instanceof Answer.Unavailable<Configuration> unavailable
                ? new Answer.Unavailable<>(unavailable.sentence())
                : new Answer.Loading<>();
    }

    /**
     * What one of the two scripts for defaults says, for somebody who waits for it.
     *
     * @param script {@code deployment_config} or {@code application_config}
     * @param deployment the full configuration, which that of the application depends on
     * @param limit for how long to wait at most
     */
    public Answer<Configuration> awaitDefaults(
            OctopodProject project, ControlScript script, Configuration deployment, Duration limit)
            throws InterruptedException {
        return defaults.await(Question.of(project, script, deployment), limit);
    }

    /** As {@link #awaitDefaults}, of the two scripts for keys. */
    public Answer<List<String>> awaitKeys(
            OctopodProject project, ControlScript script, Configuration deployment, Duration limit)
            throws InterruptedException {
        return keys.await(Question.of(project, script, deployment), limit);
    }

    /**
     * The defaults of a staging where all of them are known already; nobody is asked for them.
     *
     * @param overrides of the deployment
     */
    public Optional<Defaults> known(OctopodProject project, Overrides overrides) {
        return defaults.known(deploymentDefaults(project))
                .flatMap(deployment -> defaults.known(applicationDefaults(project, overrides.over(deployment)))
                        .map(application -> new Defaults(application, deployment)));
    }

    /** The deployment’s defaults where they are known already; nobody is asked for them. */
    public Optional<Configuration> knownDeployment(OctopodProject project) {
        return defaults.known(deploymentDefaults(project));
    }

    /**
     * The application’s defaults where they are known already; nobody is asked for them.
     *
     * @param deployment the full configuration, which they depend on
     */
    public Optional<Configuration> knownApplication(OctopodProject project, Configuration deployment) {
        return defaults.known(applicationDefaults(project, deployment));
    }

    /**
     * As {@link #ask}, for those who need the defaults only.
     *
     * @param overrides of the deployment
     */
    public Answer<Defaults> askDefaults(OctopodProject project, Overrides overrides) {
        Answer<Configuration> deployment = defaults.ask(deploymentDefaults(project));
        if (!(deployment instanceof Answer.Ready<Configuration> readyDeployment)) {
            return notAsked(deployment);
        }
        Configuration full = overrides.over(readyDeployment.value());
        Answer<Configuration> application = defaults.ask(applicationDefaults(project, full));
        return application instanceof Answer.Ready<Configuration> readyApplication
                ? new Answer.Ready<>(
                        new Defaults(readyApplication.value(), readyDeployment.value()),
                        readyDeployment.refreshing() || readyApplication.refreshing(),
                        readyApplication.problem())
                : notAsked(application);
    }

    /** Has the scripts asked again, as {@link #ask} does. */
    public void reload(OctopodProject project, Overrides overrides) {
        defaults.reload(deploymentDefaults(project));
        keys.reload(Question.of(project, ControlScript.DEPLOYMENT_CONFIG_KEYS, Configuration.EMPTY));
        defaults.known(deploymentDefaults(project)).map(overrides::over).ifPresent(full -> {
            defaults.reload(applicationDefaults(project, full));
            keys.reload(Question.of(project, ControlScript.APPLICATION_CONFIG_KEYS, full));
        });
    }

    /** Remembers what somebody was told who has asked the scripts themselves. */
    public void learn(OctopodProject project, Overrides overrides, Defaults told) {
        defaults.learn(deploymentDefaults(project), told.deployment());
        defaults.learn(applicationDefaults(project, overrides.over(told.deployment())), told.application());
    }

    /** Forgets what was said of that project. */
    void drop(OctopodProject project) {
        drop(question -> question.project().equals(project.getFullName()));
    }

    void dropAll() {
        drop(question -> true);
    }

    private void drop(Predicate<Question> which) {
        defaults.drop(which);
        keys.drop(which);
    }

    /** Lets nothing wait for an agent any longer when Jenkins stops. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(DefaultsCache.class).forEach(cache -> cache.threads.shutdownNow());
    }

    private static Question deploymentDefaults(OctopodProject project) {
        return Question.of(project, ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY);
    }

    private static Question applicationDefaults(OctopodProject project, Configuration deployment) {
        return Question.of(project, ControlScript.APPLICATION_CONFIG, deployment);
    }

    @FunctionalInterface
    private interface Script<V> {
        V ask(AgentScripts scripts, ControlScript script, List<String> arguments)
                throws IOException, InterruptedException, ScriptFailureException;
    }

    private static <V> Answer<V> ask(Question question, Script<V> script) {
        Label label = question.label() == null ? null : Label.get(question.label());
        Optional<Node> node = ProjectAgents.online(label);
        if (node.isEmpty()) {
            return new Answer.Unavailable<>(nobodyToAsk(label));
        }
        try {
            AgentScripts scripts = AgentScripts.prepare(
                    node.get(), question.tool(), new EnvVars(), secrets(question), TaskListener.NULL);
            return new Answer.Ready<>(script.ask(scripts, question.script(), question.arguments()), false, null);
        } catch (ScriptFailureException e) {
            return new Answer.Failed<>(e.getMessage());
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.get().getNodeName() + " didn’t answer");
            return new Answer.Unavailable<>(
                    Messages.DefaultsCache_unreachable(node.get().getDisplayName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unavailable<>(Messages.DefaultsCache_stopping());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> question.script() + " couldn’t be asked");
            return new Answer.Failed<>(Messages.DefaultsCache_broken(question.script(), e));
        }
    }

    /** None of overrides: scripts that tell everybody of defaults are told of a credential by its name. */
    private static ScriptSecrets secrets(Question question) throws ScriptFailureException {
        OctopodProject project = Jenkins.get().getItemByFullName(question.project(), OctopodProject.class);
        return project == null ? ScriptSecrets.NONE : ScriptCredentials.of(project);
    }

    private static String nobodyToAsk(Label label) {
        if (label == null) {
            return Messages.DefaultsCache_noAgent();
        }
        return label.isEmpty()
                ? Messages.DefaultsCache_nobodyHasLabel(label.getExpression())
                : Messages.DefaultsCache_noAgentOfLabel(label.getExpression());
    }
}
