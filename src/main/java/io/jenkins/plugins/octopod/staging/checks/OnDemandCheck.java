package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Node;
import io.jenkins.plugins.octopod.engine.CheckResult;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.health.Observation;
import io.jenkins.plugins.octopod.health.StagingProbe;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.ScriptCall;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.CheckState.PendingCheck;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.support.AgentCalls;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.WaitingRequestThreads;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs {@code check} for a staging immediately, for a caller that waits for the result. Thread-safe. */
@Extension
public final class OnDemandCheck {

    private static final Logger LOGGER = Logger.getLogger(OnDemandCheck.class.getName());

    /** Time limit for the whole check, like that of {@code PreflightConfigCheck}. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Checks that callers wait for, by staging. Guarded by itself. */
    private final Map<Staging, SharedCheck> inProgress = new HashMap<>();

    /** One check of a staging that several callers may wait for. */
    private static final class SharedCheck {

        private final AgentCalls.AgentCall<CheckResult> call;
        private int callers;

        SharedCheck(AgentCalls.AgentCall<CheckResult> call) {
            this.call = call;
        }
    }

    /**
     * Runs {@code check} now, whatever the status is, unless a {@link StatusSource} provides the result. The status is
     * updated by the rules of a scheduled check: not while an action is pending, and not if the staging is archived.
     * Blocks for a minute at most. Callers that check the same staging at the same time share one check.
     *
     * @throws RefusalException if no agent is online, the scripts can’t be used, there is no result in time, or too
     *     many requests wait
     */
    public static CheckResult ask(Staging staging) throws RefusalException, InterruptedException {
        Optional<Observation> known = StatusSource.ask(staging, ControlScript.CHECK);
        if (known.isPresent()) {
            return known(staging, known.get());
        }
        OctopodProject project = staging.getParent();
        Optional<Node> online = AgentSelector.of(project).forStaging(staging);
        if (online.isEmpty()) {
            ProjectAgents.need(project);
        }
        Node node = online.orElseThrow(() -> unavailable(Messages.OnDemandCheck_noAgentOnline(project.getFullName())));
        try (WaitingRequestThreads.Permit ignored = WaitingRequestThreads.acquire()) {
            OnDemandCheck checks = ExtensionList.lookupSingleton(OnDemandCheck.class);
            SharedCheck check = checks.join(node, staging);
            try {
                return check.call
                        .await(LIMIT)
                        .orElseThrow(() ->
                                unavailable(Messages.OnDemandCheck_timedOut(staging.getName(), LIMIT.toSeconds())));
            } catch (ScriptRefusal e) {
                throw e.forCurrentUser(project);
            } finally {
                checks.leave(staging, check);
            }
        }
    }

    private SharedCheck join(Node node, Staging staging) throws RefusalException {
        synchronized (inProgress) {
            SharedCheck check = inProgress.get(staging);
            if (check == null) {
                check = new SharedCheck(AgentCalls.get().begin(staging.getParent(), 0, () -> ask(node, staging)));
                inProgress.put(staging, check);
            }
            check.callers++;
            return check;
        }
    }

    /**
     * Ends a caller’s wait. When the first caller leaves, with or without a result, later callers start a new check.
     * When the last caller leaves, the check is cancelled.
     */
    private void leave(Staging staging, SharedCheck check) {
        synchronized (inProgress) {
            inProgress.remove(staging, check);
            check.callers--;
            if (check.callers == 0) {
                check.call.cancel();
            }
        }
    }

    private static CheckResult known(Staging staging, Observation seen) throws RefusalException {
        if (seen instanceof Observation.Checked checked) {
            staging.checks().report(seen, StagingClock.now());
            return checked.probeResult().result();
        }
        throw unavailable(seen instanceof Observation.Unknown unknown ? unknown.sentence() : seen.toString());
    }

    private static CheckResult ask(Node node, Staging staging) throws RefusalException, InterruptedException {
        PendingCheck pendingCheck = begin(staging);
        if (pendingCheck != null) {
            pendingCheck.askedOf(node.getNodeName());
        }
        try {
            StagingProbe.ProbeResult probeResult = probe(node, staging);
            if (pendingCheck != null) {
                staging.checks().answered(pendingCheck, new Observation.Checked(probeResult), StagingClock.now());
            }
            return probeResult.result();
        } catch (ScriptFailureException e) {
            LOGGER.log(Level.FINE, e, () -> node.getNodeName() + " can’t be asked of " + staging.getFullName());
            throw new ScriptRefusal(e);
        } finally {
            if (pendingCheck != null) {
                staging.checks().endCheck(pendingCheck);
            }
        }
    }

    /**
     * Begins a check that updates the status; {@code null} if its result would not affect the status, or a check is in
     * progress.
     */
    @CheckForNull
    private static PendingCheck begin(Staging staging) {
        PendingCheck pendingCheck = staging.checks().beginCheck(StagingClock.now());
        if (pendingCheck != null && pendingCheck.script() != ControlScript.CHECK) {
            staging.checks().endCheck(pendingCheck);
            return null;
        }
        return pendingCheck;
    }

    private static StagingProbe.ProbeResult probe(Node node, Staging staging)
            throws InterruptedException, ScriptFailureException {
        OctopodProject project = staging.getParent();
        ScriptSecrets secrets = ScriptCredentialsProvider.of(
                project, staging.getApplicationOverrides(), staging.getDeploymentOverrides(), null);
        return ScriptCall.on(node, project.getControlScripts(), secrets, scripts -> {
            Optional<ConfigurationDefaults> known =
                    DefaultsService.get().known(project, staging.getDeploymentOverrides());
            ConfigurationDefaults configurationDefaults = known.isPresent()
                    ? known.get()
                    : ConfigurationDefaults.ask(scripts, project.identity(), staging.getDeploymentOverrides());
            List<String> arguments = configurationDefaults
                    .with(staging.getApplicationOverrides(), staging.getDeploymentOverrides())
                    .lifecycleArguments(project.identity(), staging.stagingName());
            return new StagingProbe(scripts, arguments, project.getChecks().timeoutDuration()).check();
        });
    }

    private static RefusalException unavailable(String sentence) {
        return new RefusalException(Reason.UNAVAILABLE, sentence);
    }
}
