package io.jenkins.plugins.octopod.staging.run;

import hudson.EnvVars;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.StreamBuildListener;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.scripts.EffectiveConfiguration;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import io.jenkins.plugins.octopod.staging.RunOutcome;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import io.jenkins.plugins.octopod.staging.extension.RunPrecondition;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.ScriptOutcome;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jenkins.model.queue.ItemDeletion;

/**
 * What happens in a run: the agent is prepared, the script is run to its end, and the staging is asked how it is. A run
 * that goes on after a restart skips what it has done.
 */
final class ActionExecution {

    private final StagingRun run;
    private final Staging staging;
    private final RunLogWriter log;
    private final PrintStream notes;
    private final AgentSession agentSession;

    /** Whether the script was followed without what it was given, as that can’t be had any more. */
    private boolean withoutSecrets;

    /** Asked for once, unless a restart comes between. */
    private EffectiveConfiguration configuration;

    ActionExecution(StagingRun run, RunLogWriter log, StreamBuildListener listener) throws IOException {
        this.run = run;
        this.staging = run.getParent();
        this.log = log;
        this.notes = listener.getLogger();
        EnvVars environment;
        try {
            environment = run.getEnvironment(listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            environment = new EnvVars();
        }
        this.agentSession =
                new AgentSession(run, getProject().getControlScripts(), environment, this::secrets, listener);
    }

    /**
     * What the scripts of this run are given. One that is running has it already, and is followed whatever has become of the
     * credentials.
     */
    private ScriptSecrets secrets() throws ScriptFailureException {
        StagingRunParameters parameters = run.parameters();
        try {
            return ScriptCredentialsProvider.of(
                    getProject(), parameters.getApplicationOverrides(), parameters.getDeploymentOverrides(), run);
        } catch (ScriptFailureException e) {
            if (run.script() == null || run.scriptOutcome() != null) {
                throw e;
            }
            notes.println(e.getMessage());
            withoutSecrets = true;
            return ScriptSecrets.NONE;
        }
    }

    private OctopodProject getProject() {
        return staging.getParent();
    }

    /** @throws InterruptedException if Jenkins is stopping: the run is to go on after the restart */
    RunOutcome execute() throws InterruptedException {
        StagingRunParameters parameters = run.parameters();
        if (parameters == null) {
            return new RunOutcome(staging.getStatus(), Result.NOT_BUILT, Messages.ActionExecution_nothingToDo());
        }
        StagingAction action = parameters.getAction();
        try {
            if (run.isAbortRequested()) {
                return brokenOff(
                        action,
                        parameters,
                        Result.ABORTED,
                        io.jenkins.plugins.octopod.staging.Messages.ActionExecution_aborted());
            }
            return execute(action, parameters);
        } catch (ScriptFailureException e) {
            return brokenOff(action, parameters, Result.FAILURE, e.getMessage());
        } catch (InterruptedException e) {
            if (JenkinsShutdown.isInProgress()) {
                throw e;
            }
            Executor executor = Executor.currentExecutor();
            Result result = executor == null ? Result.ABORTED : executor.abortResult();
            return brokenOff(
                    action, parameters, result, io.jenkins.plugins.octopod.staging.Messages.ActionExecution_aborted());
        }
    }

    private RunOutcome execute(StagingAction action, StagingRunParameters parameters)
            throws ScriptFailureException, InterruptedException {
        ScriptOutcome scriptOutcome = run.scriptOutcome();
        if (scriptOutcome == null) {
            if (run.script() == null) {
                Optional<String> refusal = RunPrecondition.refusalOf(run);
                if (refusal.isPresent()) {
                    notes.println(refusal.get());
                    return new RunOutcome(afterFailure(run), Result.NOT_BUILT, refusal.get());
                }
                start(action, parameters);
            }
            scriptOutcome = ScriptMonitor.awaitEnd(run, agentSession, log, notes);
            if (withoutSecrets) {
                // That was for following it; those that come now need them.
                agentSession.forgetSecrets();
            }
        }
        if (scriptOutcome.failureSentence() != null) {
            notes.println(scriptOutcome.failureSentence());
        }
        return complete(action, parameters, scriptOutcome);
    }

    private void start(StagingAction action, StagingRunParameters parameters)
            throws ScriptFailureException, InterruptedException {
        List<String> arguments = agentSession.call(scripts -> arguments(scripts, parameters));
        if (action.isConfigChecked() && !parameters.isConfigChecked()) {
            agentSession.call(scripts -> {
                ConfigCheck.require(scripts, arguments);
                return null;
            });
        }
        try {
            agentSession.callOnce(scripts -> {
                ControlScript script = scripts.resolve(action.script());
                notes.println(ShellQuoting.of(script, arguments));
                DurableScript planned =
                        scripts.prepareDurable(script, getProject().scriptTimeoutDuration());
                store(planned);
                scripts.start(planned, arguments);
                return null;
            });
        } catch (ScriptFailureException e) {
            ScriptMonitor.removeFiles(run, agentSession);
            run.clearScript();
            throw e;
        }
    }

    /** The agent isn’t to blame where that fails. */
    private void store(DurableScript planned) throws ScriptFailureException {
        try {
            run.setScript(planned);
        } catch (IOException e) {
            throw new ScriptFailureException(
                    io.jenkins.plugins.octopod.staging.Messages.StagingRun_notStored(e.getMessage()));
        }
    }

    private RunOutcome complete(StagingAction action, StagingRunParameters parameters, ScriptOutcome scriptOutcome)
            throws ScriptFailureException, InterruptedException {
        boolean succeeded = scriptOutcome.failureSentence() == null;
        if (action == StagingAction.CLEANUP) {
            Status after = statusMachine()
                    .observed(staging.getStatus(), new Event.CleanedUp(succeeded), Duration.ZERO)
                    .status();
            return new RunOutcome(after, succeeded ? Result.SUCCESS : Result.FAILURE, scriptOutcome.failureSentence());
        }
        List<String> arguments = agentSession.call(scripts -> arguments(scripts, parameters));
        StatusVerifier statusVerifier = new StatusVerifier(run, agentSession, arguments, statusMachine(), notes);
        return succeeded
                ? statusVerifier.awaitExpectedStatus(action)
                : statusVerifier.checkOnce(action, Result.FAILURE, scriptOutcome.failureSentence());
    }

    /** Kills the script where it is running, and finds out what it has done so far. */
    private RunOutcome brokenOff(StagingAction action, StagingRunParameters parameters, Result result, String sentence)
            throws InterruptedException {
        notes.println(sentence);
        DurableScript script = run.script();
        boolean running = script != null && run.scriptOutcome() == null;
        try {
            if (running) {
                ScriptMonitor.kill(run, agentSession);
                running = false;
                ScriptMonitor.drain(run, agentSession, log);
                notes.println(Messages.ActionExecution_killed(script.script()));
                ScriptMonitor.removeFiles(run, agentSession);
            }
            if (script != null && action != StagingAction.CLEANUP && !ItemDeletion.contains(staging)) {
                List<String> arguments = agentSession.callWithoutRetry(scripts -> arguments(scripts, parameters));
                return new StatusVerifier(run, agentSession, arguments, statusMachine(), notes)
                        .checkOnce(action, result, sentence);
            }
        } catch (ScriptFailureException e) {
            notes.println(e.getMessage());
        } catch (InterruptedException e) {
            if (JenkinsShutdown.isInProgress()) {
                throw e;
            }
        }
        String reason = running
                ? sentence
                        + ' '
                        + io.jenkins.plugins.octopod.staging.Messages.ActionExecution_mayStillRun(
                                script.script(), run.agentDisplayName())
                : sentence;
        return new RunOutcome(afterFailure(run), result, reason);
    }

    /** What the lifecycle scripts of this run are told. */
    private List<String> arguments(AgentScripts scripts, StagingRunParameters parameters)
            throws IOException, InterruptedException, ScriptFailureException {
        if (configuration == null) {
            Overrides deployment = parameters.getDeploymentOverrides();
            ConfigurationDefaults configurationDefaults = DefaultsCache.get().fetch(scripts, getProject(), deployment);
            configuration = configurationDefaults.with(parameters.getApplicationOverrides(), deployment);
        }
        return configuration.lifecycleArguments(identity(), staging.stagingName());
    }

    private ProjectIdentity identity() {
        return getProject().identity();
    }

    private StatusMachine statusMachine() {
        return new StatusMachine(getProject().statusTimeoutDuration());
    }

    /**
     * The status of a staging that can’t be asked how it is, after a run that failed. Where the script wasn’t even
     * started, nothing has changed.
     */
    static Status afterFailure(StagingRun run) {
        Staging staging = run.getParent();
        PendingAction pending = staging.observedState().pending();
        if (run.action() == null || pending == null) {
            return staging.getStatus();
        }
        Event failure =
                run.script() == null ? new Event.Cancelled(pending.before()) : new Event.ScriptFailed(run.action());
        return new StatusMachine(staging.getParent().statusTimeoutDuration())
                .observed(staging.getStatus(), failure, Duration.ZERO)
                .status();
    }
}
