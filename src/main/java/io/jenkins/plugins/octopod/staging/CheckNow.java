package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentials;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.Defaults;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.StagingChecks.Asking;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks {@code check} how a staging is, at once, for somebody who waits for the answer. */
public final class CheckNow {

    private static final Logger LOGGER = Logger.getLogger(CheckNow.class.getName());

    /** For all of it, as with {@link EarlyConfigCheck}. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Everybody may ask who may look, so that can’t be how to keep all agents and all of Jenkins’ threads busy. */
    private static final Semaphore PLACES = new Semaphore(16, true);

    private CheckNow() {}

    /**
     * What {@code check} says of the staging now, whatever its status. The status follows where sweeps ask, too: not while a
     * run is at it, and not of what is archived. Blocks, for two minutes at most.
     *
     * @throws RefusalException if there is nobody to be asked, the scripts can’t be used, or no answer comes in time
     */
    public static CheckResult ask(Staging staging) throws RefusalException, InterruptedException {
        OctopodProject project = staging.getParent();
        Node node = StagingAgents.of(project.assignedLabel())
                .forStaging(staging)
                .orElseThrow(() -> unavailable(Messages.CheckNow_nobody(project.getFullName())));
        if (!PLACES.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw unavailable(Messages.CheckNow_tooMany());
        }
        try {
            return InTime.ask(LIMIT, () -> ask(node, staging))
                    .orElseThrow(() -> unavailable(Messages.CheckNow_late(staging.getName(), LIMIT.toSeconds())));
        } finally {
            PLACES.release();
        }
    }

    private static CheckResult ask(Node node, Staging staging) throws RefusalException, InterruptedException {
        Asking asking = begin(staging);
        try {
            StagingProbe.Answer answer = probe(node, staging).check();
            if (asking != null) {
                staging.checks().answered(asking, new Observation.Checked(answer), StagingClock.now());
            }
            return answer.result();
        } catch (ScriptFailureException e) {
            throw new RefusalException(Reason.UNAVAILABLE, e.getMessage(), e);
        } catch (IOException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " can’t be asked of " + staging.getFullName());
            throw unavailable(Messages.AgentConnection_unreachable(node.getDisplayName()));
        } finally {
            if (asking != null) {
                staging.checks().release(asking);
            }
        }
    }

    /** Null where the answer says nothing of the status, or a sweep is asking already. */
    @CheckForNull
    private static Asking begin(Staging staging) {
        Asking asking = staging.checks().begin(StagingClock.now());
        if (asking != null && asking.script() != ControlScript.CHECK) {
            staging.checks().release(asking);
            return null;
        }
        return asking;
    }

    private static StagingProbe probe(Node node, Staging staging)
            throws IOException, InterruptedException, ScriptFailureException {
        OctopodProject project = staging.getParent();
        ScriptSecrets secrets = ScriptCredentials.of(
                project, staging.getApplicationOverrides(), staging.getDeploymentOverrides(), null);
        AgentScripts scripts =
                AgentScripts.prepare(node, project.getControlScripts(), new EnvVars(), secrets, TaskListener.NULL);
        Optional<Defaults> known = DefaultsCache.get().known(project, staging.getDeploymentOverrides());
        Defaults defaults = known.isPresent()
                ? known.get()
                : Defaults.ask(scripts, project.identity(), staging.getDeploymentOverrides());
        return new StagingProbe(
                scripts,
                defaults.with(staging.getApplicationOverrides(), staging.getDeploymentOverrides())
                        .lifecycleArguments(project.identity(), staging.stagingName()),
                project.getChecks().timeoutDuration());
    }

    private static RefusalException unavailable(String sentence) {
        return new RefusalException(Reason.UNAVAILABLE, sentence);
    }
}
