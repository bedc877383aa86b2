package io.jenkins.plugins.octopod.staging.request;

import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.EffectiveConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import io.jenkins.plugins.octopod.staging.run.ConfigCheck;
import io.jenkins.plugins.octopod.staging.run.ConfigRefusedException;
import io.jenkins.plugins.octopod.staging.support.TimeLimitedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs {@code config_check} before a request is accepted, on any online agent and without using an executor. */
final class PreflightConfigCheck {

    private static final Logger LOGGER = Logger.getLogger(PreflightConfigCheck.class.getName());

    /**
     * For all of it: somebody waits, holding a thread that serves pages. Tool installers have no limit of their own, and
     * those of the scripts add up.
     */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private PreflightConfigCheck() {}

    /**
     * Whether it said yes; where no agent is there to be asked, or the answer is too long in coming, the run will ask.
     *
     * @throws RefusalException if it says no, or the scripts can’t be used
     */
    static boolean passes(OctopodProject project, StagingName name, PlannedChange plannedChange)
            throws RefusalException, InterruptedException {
        Optional<Node> node = ProjectAgents.online(project);
        if (node.isEmpty()) {
            return false;
        }
        Optional<Boolean> passed = TimeLimitedCall.call(LIMIT, () -> passes(node.get(), project, name, plannedChange));
        if (passed.isEmpty()) {
            LOGGER.fine(() -> "No answer within " + LIMIT + "; the run will ask config_check");
        }
        return passed.orElse(false);
    }

    private static boolean passes(Node node, OctopodProject project, StagingName name, PlannedChange plannedChange)
            throws RefusalException, InterruptedException {
        try {
            ScriptSecrets secrets = ScriptCredentialsProvider.of(
                    project, plannedChange.application(), plannedChange.deployment(), null);
            AgentScripts scripts =
                    AgentScripts.prepare(node, project.getControlScripts(), new EnvVars(), secrets, TaskListener.NULL);
            // Not what the cache knows: whoever has changed a default expects it to hold now.
            ConfigurationDefaults configurationDefaults =
                    DefaultsCache.get().fetch(scripts, project, plannedChange.deployment());
            EffectiveConfiguration configuration =
                    configurationDefaults.with(plannedChange.application(), plannedChange.deployment());
            ConfigCheck.require(scripts, configuration.lifecycleArguments(project.identity(), name));
            return true;
        } catch (ConfigRefusedException e) {
            throw new RefusalException(Reason.CONFIG_CHECK, e.getMessage(), e);
        } catch (ScriptFailureException e) {
            throw new RefusalException(Reason.UNAVAILABLE, e.getMessage(), e);
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " didn’t answer; the run will ask config_check");
            return false;
        }
    }
}
