package io.jenkins.plugins.octopod.staging.sweep;

import hudson.model.Node;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.ScriptArguments;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentials;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.Defaults;
import io.jenkins.plugins.octopod.scripts.FullConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptAnswer;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ScriptQuestion;
import io.jenkins.plugins.octopod.scripts.SecretArguments;
import io.jenkins.plugins.octopod.scripts.SideBySide;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingChecks.Asking;
import io.jenkins.plugins.octopod.staging.defaults.Answer;
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

/** One agent that is asked of many stagings of a project, in one remote call. Blocks its thread until all have answered. */
final class AgentBatch implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(AgentBatch.class.getName());

    private final Sweeps sweeps;
    private final ProjectSweep sweep;
    private final OctopodProject project;
    private final Node node;
    private final CheckSettings settings;

    /** By name, what isn't answered yet. */
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(Staging staging, Asking asking) {}

    AgentBatch(Sweeps sweeps, ProjectSweep sweep, Node node) {
        this.sweeps = sweeps;
        this.sweep = sweep;
        this.project = sweep.project();
        this.node = node;
        this.settings = project.getChecks();
    }

    void add(Staging staging, Asking asking) {
        open.put(staging.getName(), new Open(staging, asking));
    }

    @Override
    public void run() {
        try {
            AgentScripts scripts =
                    sweeps.agents().get(node, project.getControlScripts(), ScriptCredentials.of(project), sweeps.now());
            ask(scripts);
        } catch (ScriptFailureException e) {
            nothingKnown(e.getMessage());
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " can't be asked of stagings of " + project);
            nothingKnown(Messages.AgentBatch_unreachable(node.getDisplayName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The check of stagings of " + project + " broke off");
            nothingKnown(Messages.AgentBatch_broken(e));
        } finally {
            open.values().forEach(left -> left.staging().checks().release(left.asking()));
        }
    }

    private void ask(AgentScripts scripts) throws IOException, InterruptedException {
        ProjectIdentity identity = project.identity();
        List<String> common = ScriptArguments.project(identity);
        List<ScriptQuestion> questions = new ArrayList<>(open.size());
        Set<String> secrets = new HashSet<>();
        for (Open next : List.copyOf(open.values())) {
            Staging staging = next.staging();
            ControlScript script = next.asking().script();
            if (script == ControlScript.INFO && !scripts.has(script)) {
                answered(next, new Observation.Linked(List.of()));
                continue;
            }
            Optional<SecretArguments> secret = secretArguments(next);
            if (secret.isEmpty()) {
                continue;
            }
            configuration(next).ifPresent(configuration -> {
                List<String> arguments = configuration.lifecycleArguments(identity, staging.stagingName());
                List<String> own = arguments.subList(common.size(), arguments.size());
                questions.add(new ScriptQuestion(staging.getName(), script, own, secret.get()));
                secrets.addAll(secret.get().secrets());
            });
        }
        if (!questions.isEmpty()) {
            SideBySide limits =
                    new SideBySide(project.getFullName(), settings.getParallelism(), settings.timeoutDuration());
            sweeps.statistics().called();
            scripts.withMasked(secrets).askAll(common, questions, limits, this::answered);
        }
    }

    /** Empty where a credential isn’t there that an override names: the staging isn’t asked now. */
    private Optional<SecretArguments> secretArguments(Open next) {
        Staging staging = next.staging();
        try {
            return Optional.of(ScriptCredentials.arguments(
                    project, staging.getApplicationOverrides(), staging.getDeploymentOverrides(), null));
        } catch (ScriptFailureException e) {
            answered(next, new Observation.Unknown(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Empty where it isn’t known yet, or can’t be: the staging isn’t asked now. */
    private Optional<FullConfiguration> configuration(Open next) {
        Staging staging = next.staging();
        Answer<Defaults> defaults = DefaultsCache.get().askDefaults(project, staging.getDeploymentOverrides());
        if (defaults instanceof Answer.Failed<Defaults> failed) {
            answered(next, new Observation.Unknown(failed.sentence()));
        } else if (defaults instanceof Answer.Unavailable<Defaults> unavailable) {
            answered(next, new Observation.Unknown(unavailable.sentence()));
        } else if (defaults instanceof Answer.Loading<Defaults>) {
            open.remove(staging.getName());
            staging.checks().release(next.asking());
            sweep.soon(staging);
        }
        return defaults.known()
                .map(known -> known.with(staging.getApplicationOverrides(), staging.getDeploymentOverrides()));
    }

    private void answered(List<ScriptAnswer> answers) {
        sweeps.statistics().called();
        for (ScriptAnswer answer : answers) {
            Open next = open.get(answer.id());
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

    private void answered(Open next, Observation seen) {
        open.remove(next.staging().getName());
        next.staging().checks().answered(next.asking(), seen, sweeps.now());
        boolean known = !(seen instanceof Observation.Unknown);
        if (known && next.asking().script() != ControlScript.INFO) {
            sweeps.statistics().checked();
        }
        if (known && next.staging().checks().areLinksWanted()) {
            sweep.soon(next.staging());
        }
    }

    private void nothingKnown(String sentence) {
        sweep.unanswered();
        List.copyOf(open.values()).forEach(next -> answered(next, new Observation.Unknown(sentence)));
    }
}
