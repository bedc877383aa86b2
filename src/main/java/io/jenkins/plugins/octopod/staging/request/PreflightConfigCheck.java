package io.jenkins.plugins.octopod.staging.request;

import hudson.model.Node;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentUnreachableException;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.EffectiveConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptCall;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.checks.RunItems;
import io.jenkins.plugins.octopod.staging.checks.ScriptRefusal;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.run.ConfigCheck;
import io.jenkins.plugins.octopod.staging.run.ConfigRefusedException;
import io.jenkins.plugins.octopod.staging.support.AgentCalls;
import io.jenkins.plugins.octopod.staging.support.TooManyWaitingException;
import io.jenkins.plugins.octopod.staging.support.WaitingRequestThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs {@code config_check} before a request is accepted, on any online agent and without using an executor. */
final class PreflightConfigCheck {

    private static final Logger LOGGER = Logger.getLogger(PreflightConfigCheck.class.getName());

    /**
     * Time limit for the whole check, because an HTTP thread may be waiting for it. Tool installers have no limit of
     * their own, and the limits of the scripts add up.
     */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private PreflightConfigCheck() {}

    /**
     * Returns whether {@code config_check} accepted the configuration. If no agent is online, or the check takes too
     * long, returns false, and the run will run {@code config_check}.
     *
     * @throws RefusalException if the configuration is refused, the scripts can’t be used, or this is an HTTP request
     *     and too many of them wait
     */
    static boolean passes(StagingRequest request, PlannedChange plannedChange)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        Optional<Node> node =
                ProjectAgents.online(project, RunItems.of(project, plannedChange.name(), request.causes()));
        if (node.isEmpty()) {
            return false;
        }
        Optional<Boolean> passed;
        try {
            passed = AgentCalls.get()
                    .call(project, weight(plannedChange), LIMIT, () -> passes(node.get(), project, plannedChange));
        } catch (ScriptRefusal e) {
            throw e.forCurrentUser(project);
        } catch (TooManyWaitingException e) {
            if (WaitingRequestThreads.isRequestThread()) {
                throw e;
            }
            // A Pipeline or a background task must not fail because many other calls wait.
            passed = Optional.empty();
        }
        if (passed.isEmpty()) {
            LOGGER.fine(() -> "No answer within " + LIMIT + "; the run will ask config_check");
        }
        return passed.orElse(false);
    }

    private static int weight(PlannedChange plannedChange) {
        return (int) Math.min(OverridesLimits.size(plannedChange.overrides()), Integer.MAX_VALUE);
    }

    private static boolean passes(Node node, OctopodProject project, PlannedChange plannedChange)
            throws RefusalException, InterruptedException {
        Overrides application = plannedChange.overrides().application();
        Overrides deployment = plannedChange.overrides().deployment();
        try {
            ScriptSecrets secrets = ScriptCredentialsProvider.of(project, application, deployment, null);
            return ScriptCall.on(node, project.getControlScripts(), secrets, scripts -> {
                // Not from the cache, because a user who has changed a default expects it to apply now.
                ConfigurationDefaults configurationDefaults =
                        DefaultsService.get().fetch(scripts, project, deployment);
                EffectiveConfiguration configuration = configurationDefaults.with(application, deployment);
                ConfigCheck.require(
                        scripts, configuration.lifecycleArguments(project.identity(), plannedChange.name()));
                return true;
            });
        } catch (ConfigRefusedException e) {
            throw new RefusalException(Reason.CONFIG_CHECK, e.getMessage(), e);
        } catch (AgentUnreachableException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " didn’t answer; the run will ask config_check");
            return false;
        } catch (ScriptFailureException e) {
            throw new ScriptRefusal(e);
        }
    }
}
