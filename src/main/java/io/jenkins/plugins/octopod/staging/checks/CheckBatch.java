package io.jenkins.plugins.octopod.staging.checks;

import hudson.model.Node;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.EffectiveConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ask.ConcurrencyLimit;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocation;
import io.jenkins.plugins.octopod.scripts.ask.ScriptInvocationResult;
import io.jenkins.plugins.octopod.scripts.secrets.SecretArguments;
import io.jenkins.plugins.octopod.staging.CheckState.PendingCheck;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checks many stagings of a project on one agent, in one remote call. Blocks its thread until all checks have ended.
 */
final class CheckBatch implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(CheckBatch.class.getName());

    private final CheckScheduler sweeps;
    private final ProjectChecks sweep;
    private final OctopodProject project;
    private final Node node;
    private final CheckSettings settings;

    /** By name, what isn't answered yet. */
    private final Map<String, BatchInProgress> open = new ConcurrentHashMap<>();

    private record BatchInProgress(Staging staging, PendingCheck asking) {}

    CheckBatch(CheckScheduler checkScheduler, ProjectChecks sweep, Node node) {
        this.sweeps = checkScheduler;
        this.sweep = sweep;
        this.project = sweep.project();
        this.node = node;
        this.settings = project.getChecks();
    }

    void add(Staging staging, PendingCheck pendingCheck) {
        open.put(staging.getName(), new BatchInProgress(staging, pendingCheck));
    }

    @Override
    public void run() {
        try {
            AgentScripts scripts = sweeps.agents()
                    .get(node, project.getControlScripts(), ScriptCredentialsProvider.of(project), sweeps.now());
            ask(scripts);
        } catch (ScriptFailureException e) {
            nothingKnown(e.getMessage());
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " can't be asked of stagings of " + project);
            nothingKnown(Messages.CheckBatch_unreachable(node.getDisplayName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The check of stagings of " + project + " broke off");
            nothingKnown(Messages.CheckBatch_broken(e));
        } finally {
            open.values().forEach(left -> left.staging().checks().endCheck(left.asking()));
        }
    }

    private void ask(AgentScripts scripts) throws IOException, InterruptedException {
        ProjectIdentity identity = project.identity();
        List<String> common = ScriptArguments.project(identity);
        List<ScriptInvocation> questions = new ArrayList<>(open.size());
        Set<String> secrets = new HashSet<>();
        for (BatchInProgress next : List.copyOf(open.values())) {
            Staging staging = next.staging();
            ControlScript script = next.asking().script();
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
                questions.add(new ScriptInvocation(staging.getName(), script, own, secret.get()));
                secrets.addAll(secret.get().secrets());
            });
        }
        if (!questions.isEmpty()) {
            ConcurrencyLimit limits =
                    new ConcurrencyLimit(project.getFullName(), settings.getParallelism(), settings.timeoutDuration());
            sweeps.statistics().called();
            scripts.withMasked(secrets).askAll(common, questions, limits, this::answered);
        }
    }

    /** Empty where a credential isn’t there that an override names: the staging isn’t asked now. */
    private Optional<SecretArguments> secretArguments(BatchInProgress next) {
        Staging staging = next.staging();
        try {
            return Optional.of(ScriptCredentialsProvider.arguments(
                    project, staging.getApplicationOverrides(), staging.getDeploymentOverrides(), null));
        } catch (ScriptFailureException e) {
            answered(next, new Observation.Unknown(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Empty where it isn’t known yet, or can’t be: the staging isn’t asked now. */
    private Optional<EffectiveConfiguration> configuration(BatchInProgress next) {
        Staging staging = next.staging();
        CachedValue<ConfigurationDefaults> defaults =
                DefaultsCache.get().askDefaults(project, staging.getDeploymentOverrides());
        if (defaults instanceof CachedValue.Failed<ConfigurationDefaults> failed) {
            answered(next, new Observation.Unknown(failed.sentence()));
        } else if (defaults instanceof CachedValue.Unavailable<ConfigurationDefaults> unavailable) {
            answered(next, new Observation.Unknown(unavailable.sentence()));
        } else if (defaults instanceof CachedValue.Loading<ConfigurationDefaults>) {
            open.remove(staging.getName());
            staging.checks().endCheck(next.asking());
            sweep.scheduleSoon(staging);
        }
        return defaults.known()
                .map(known -> known.with(staging.getApplicationOverrides(), staging.getDeploymentOverrides()));
    }

    private void answered(List<ScriptInvocationResult> answers) {
        sweeps.statistics().called();
        for (ScriptInvocationResult answer : answers) {
            BatchInProgress next = open.get(answer.id());
            if (next == null) {
                continue;
            }
            if (answer.result() == null) {
                // What was found out of the agent may not hold any more.
                sweeps.agents().forget(node, project.getControlScripts());
            }
            try {
                answered(next, Observation.of(next.asking().script(), answer, settings.timeoutDuration()));
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "What was seen of " + next.staging() + " is lost");
            }
        }
    }

    private void answered(BatchInProgress next, Observation seen) {
        open.remove(next.staging().getName());
        next.staging().checks().answered(next.asking(), seen, sweeps.now());
        boolean checked =
                !(seen instanceof Observation.Unknown) && next.asking().script() != ControlScript.INFO;
        if (checked) {
            sweeps.statistics().checked();
            // Links that couldn't be stored are asked for again after the next check, not every second.
            if (next.staging().checks().areLinksWanted()) {
                sweep.scheduleSoon(next.staging());
            }
        }
    }

    private void nothingKnown(String sentence) {
        sweep.unanswered();
        List.copyOf(open.values()).forEach(next -> answered(next, new Observation.Unknown(sentence)));
    }
}
