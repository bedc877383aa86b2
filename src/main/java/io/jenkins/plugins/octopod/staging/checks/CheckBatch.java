package io.jenkins.plugins.octopod.staging.checks;

import hudson.model.Node;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.EffectiveConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptCall;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ConcurrencyLimit;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocation;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import io.jenkins.plugins.octopod.scripts.secrets.SecretArguments;
import io.jenkins.plugins.octopod.staging.CheckState.PendingCheck;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checks many stagings of a project on one agent, in one remote call. Blocks its thread until all checks have ended.
 */
final class CheckBatch implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(CheckBatch.class.getName());

    private final CheckScheduler checkScheduler;
    private final ProjectChecks projectChecks;
    private final OctopodProject project;
    private final Node node;
    private final CheckSettings settings;

    /** Checks without a result yet, by name of the staging. */
    private final Map<String, BatchInProgress> open = new ConcurrentHashMap<>();

    private record BatchInProgress(Staging staging, PendingCheck pendingCheck) {}

    CheckBatch(CheckScheduler checkScheduler, ProjectChecks projectChecks, Node node) {
        this.checkScheduler = checkScheduler;
        this.projectChecks = projectChecks;
        this.project = projectChecks.project();
        this.node = node;
        this.settings = project.getChecks();
    }

    void add(Staging staging, PendingCheck pendingCheck) {
        pendingCheck.askedOf(node.getNodeName());
        open.put(staging.getName(), new BatchInProgress(staging, pendingCheck));
    }

    @Override
    public void run() {
        try {
            ScriptCall.on(node, () -> {
                ask();
                return null;
            });
        } catch (ScriptFailureException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " can't be asked of stagings of " + project);
            nothingKnown(e.restrictedMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "The check of stagings of " + project + " broke off");
            nothingKnown(RestrictedMessage.unrestricted(Messages.CheckBatch_internalError(e)));
        } finally {
            open.values().forEach(left -> left.staging().checks().endCheck(left.pendingCheck()));
        }
    }

    private void ask() throws IOException, InterruptedException, ScriptFailureException {
        AgentScripts scripts = checkScheduler
                .agents()
                .get(node, project.getControlScripts(), ScriptCredentialsProvider.of(project), checkScheduler.now());
        ProjectIdentity identity = project.identity();
        List<String> common = ScriptArguments.project(identity);
        List<ScriptInvocation> invocations = new ArrayList<>(open.size());
        for (BatchInProgress next : List.copyOf(open.values())) {
            Staging staging = next.staging();
            ControlScript script = next.pendingCheck().script();
            if (script == ControlScript.INFO && !scripts.has(script)) {
                answered(next, new Observation.LinksRead(List.of()));
                continue;
            }
            Optional<SecretArguments> secret = secretArguments(next);
            if (secret.isEmpty()) {
                continue;
            }
            configuration(next).ifPresent(configuration -> {
                List<String> arguments = configuration.lifecycleArguments(identity, staging.stagingName());
                List<String> own = arguments.subList(common.size(), arguments.size());
                invocations.add(new ScriptInvocation(staging.getName(), script, own, secret.get()));
            });
        }
        if (!invocations.isEmpty()) {
            ConcurrencyLimit limits =
                    new ConcurrencyLimit(project.getFullName(), settings.getParallelism(), settings.timeoutDuration());
            checkScheduler.statistics().addCall();
            scripts.askAll(common, invocations, limits, this::answered);
        }
    }

    /**
     * Returns the secret arguments; empty if a credential in an override is unavailable, so that the staging isn’t
     * checked now.
     */
    private Optional<SecretArguments> secretArguments(BatchInProgress next) {
        Staging staging = next.staging();
        try {
            return Optional.of(ScriptCredentialsProvider.arguments(
                    project, staging.getApplicationOverrides(), staging.getDeploymentOverrides(), null));
        } catch (ScriptFailureException e) {
            answered(next, new Observation.Unknown(e.restrictedMessage()));
            return Optional.empty();
        }
    }

    /**
     * Returns the configuration; empty if it isn’t known yet or can’t be determined, so that the staging isn’t checked
     * now.
     */
    private Optional<EffectiveConfiguration> configuration(BatchInProgress next) {
        Staging staging = next.staging();
        CachedValue<ConfigurationDefaults> defaults =
                DefaultsService.get().askDefaults(project, staging.getDeploymentOverrides());
        if (defaults instanceof CachedValue.Failed<ConfigurationDefaults> failed) {
            answered(next, new Observation.Unknown(failed.message()));
        } else if (defaults instanceof CachedValue.Unavailable<ConfigurationDefaults> unavailable) {
            answered(next, new Observation.Unknown(unavailable.message()));
        } else if (defaults instanceof CachedValue.Loading<ConfigurationDefaults>) {
            open.remove(staging.getName());
            staging.checks().endCheck(next.pendingCheck());
            projectChecks.scheduleSoon(staging);
        }
        return defaults.known()
                .map(known -> known.with(staging.getApplicationOverrides(), staging.getDeploymentOverrides()));
    }

    private void answered(List<ScriptInvocationResult> results) {
        checkScheduler.statistics().addCall();
        for (ScriptInvocationResult invocationResult : results) {
            BatchInProgress next = open.get(invocationResult.id());
            if (next == null) {
                continue;
            }
            if (invocationResult.result() == null) {
                // The cached data about the agent may be outdated.
                checkScheduler.agents().forget(node, project.getControlScripts());
            }
            try {
                answered(
                        next,
                        Observation.of(next.pendingCheck().script(), invocationResult, settings.timeoutDuration()));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "What was seen of " + next.staging() + " is lost");
            }
        }
    }

    private void answered(BatchInProgress next, Observation seen) {
        open.remove(next.staging().getName());
        next.staging().checks().answered(next.pendingCheck(), seen, checkScheduler.now());
        boolean checked =
                !(seen instanceof Observation.Unknown) && next.pendingCheck().script() != ControlScript.INFO;
        if (checked) {
            checkScheduler.statistics().checked();
            // Links that couldn’t be stored are read again after the next check, not every second.
            if (next.staging().checks().areLinksWanted()) {
                projectChecks.scheduleSoon(next.staging());
            }
        }
    }

    private void nothingKnown(RestrictedMessage reason) {
        projectChecks.unanswered();
        List.copyOf(open.values()).forEach(next -> answered(next, new Observation.Unknown(reason)));
    }
}
