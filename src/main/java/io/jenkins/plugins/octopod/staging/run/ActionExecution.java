package io.jenkins.plugins.octopod.staging.run;

import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.StreamBuildListener;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.engine.text.ShellQuoting;
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
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.extension.RunPrecondition;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.ScriptOutcome;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.queue.ItemDeletion;

/**
 * Executes a run: prepares the agent, runs the script to its end, and checks the staging’s status. A run that continues
 * after a restart skips what it has already done.
 */
final class ActionExecution {

    private static final Logger LOGGER = Logger.getLogger(ActionExecution.class.getName());

    private final StagingRun run;
    private final Staging staging;
    private final PrintStream notes;
    private final AgentSession agentSession;
    private final ScriptMonitor scriptMonitor;

    /** Determined once, and again after a restart. */
    private EffectiveConfiguration configuration;

    ActionExecution(StagingRun run, RunLogWriter log, StreamBuildListener listener) {
        this.run = run;
        this.staging = run.getParent();
        this.notes = listener.getLogger();
        this.agentSession = new AgentSession(
                run, getProject().getControlScripts(), () -> run.getEnvironment(listener), this::secrets, listener);
        this.scriptMonitor = new ScriptMonitor(run, agentSession, log, notes);
    }

    /** Returns the secrets that the scripts of this run get. */
    private ScriptSecrets secrets() throws ScriptFailureException {
        StagingRunParameters parameters = run.parameters();
        return ScriptCredentialsProvider.of(
                getProject(), parameters.getApplicationOverrides(), parameters.getDeploymentOverrides(), run);
    }

    private OctopodProject getProject() {
        return staging.getParent();
    }

    /**
     * Executes the action of the run.
     *
     * @throws InterruptedException if Jenkins is shutting down; the run continues after the restart
     */
    RunOutcome execute() throws InterruptedException {
        StagingRunParameters parameters = run.parameters();
        if (parameters == null) {
            return new RunOutcome(staging.getStatus(), Result.NOT_BUILT, Messages.ActionExecution_nothingToDo());
        }
        StagingAction action = parameters.getAction();
        try {
            if (run.isAbortRequested()) {
                return aborted(action, parameters, Result.ABORTED);
            }
            return execute(action, parameters);
        } catch (ScriptFailureException e) {
            notes.println(e.restrictedMessage().detail());
            return brokenOff(action, parameters, Result.FAILURE, e.getMessage());
        } catch (InterruptedException e) {
            if (JenkinsShutdown.isInProgress()) {
                throw e;
            }
            Executor executor = Executor.currentExecutor();
            Result result = executor == null ? Result.ABORTED : executor.abortResult();
            return aborted(action, parameters, result);
        }
    }

    private RunOutcome execute(StagingAction action, StagingRunParameters parameters)
            throws ScriptFailureException, InterruptedException {
        ScriptOutcome scriptOutcome = run.scriptOutcome();
        if (scriptOutcome == null) {
            if (run.script() == null) {
                EarlierScript.awaitEnd(run, notes);
                Optional<String> refusal = RunPrecondition.refusalOf(run);
                if (refusal.isPresent()) {
                    notes.println(refusal.get());
                    return new RunOutcome(afterFailure(run), Result.NOT_BUILT, refusal.get());
                }
                start(action, parameters);
            }
            scriptOutcome = awaitEnd(action, parameters);
        }
        if (scriptOutcome.failureSentence() != null) {
            notes.println(scriptOutcome.failureSentence());
        }
        return complete(action, parameters, scriptOutcome);
    }

    /**
     * Follows the script to its end. If the agent was lost before the script began, such as by a restart of Jenkins, the
     * script is started again, but only once: the start itself could be what ends the agent.
     */
    private ScriptOutcome awaitEnd(StagingAction action, StagingRunParameters parameters)
            throws ScriptFailureException, InterruptedException {
        Optional<ScriptOutcome> ended = scriptMonitor.awaitEnd();
        if (ended.isEmpty()) {
            notes.println(Messages.ActionExecution_startedAgain(
                    Objects.requireNonNull(run.script()).script()));
            scriptMonitor.removeFiles();
            clearUnstartedScript();
            start(action, parameters);
            ended = scriptMonitor.awaitEnd();
        }
        return ended.isPresent() ? ended.get() : scriptMonitor.endWithoutExitCode();
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
        // If the connection was closed before anything was sent, the script has not started.
        while (!startOnce(action, arguments)) {
            clearUnstartedScript();
        }
    }

    /** Stores that no script was started, so that it is also started if Jenkins is restarted now. */
    private void clearUnstartedScript() {
        run.clearScript();
        try {
            run.save();
            staging.updateObservedState(observedState -> observedState.withStartedScript(null));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "That the script of " + run + " was not started can't be stored yet");
        }
    }

    private boolean startOnce(StagingAction action, List<String> arguments)
            throws ScriptFailureException, InterruptedException {
        DurableScript planned = agentSession.call(scripts -> scripts.prepareDurable(
                scripts.resolve(action.script()), getProject().scriptTimeoutDuration()));
        notes.println("$ " + planned.script() + ' ' + ShellQuoting.of(arguments));
        try {
            return agentSession.callOnce(scripts -> {
                store(planned, scripts.encryptMask());
                scripts.start(planned, arguments);
                return null;
            });
        } catch (ScriptFailureException e) {
            if (run.script() != null) {
                scriptMonitor.removeFiles();
                run.clearScript();
            }
            throw e;
        }
    }

    /** Stores the script in the run and in the staging before it starts, so that it stays known if either is lost. */
    private void store(DurableScript planned, String mask) throws ScriptFailureException {
        try {
            StoredMask.write(run, mask);
            run.setScript(planned);
            StartedScript started = run.startedScript();
            staging.updateObservedState(observedState -> observedState.withStartedScript(started));
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

    /** Kills the script if it is running, and determines the staging’s status. */
    private RunOutcome aborted(StagingAction action, StagingRunParameters parameters, Result result)
            throws InterruptedException {
        String sentence = io.jenkins.plugins.octopod.staging.Messages.ActionExecution_aborted();
        notes.println(sentence);
        try {
            killIfRunning(sentence);
        } catch (ScriptFailureException e) {
            notes.println(e.restrictedMessage().detail());
        } catch (InterruptedException e) {
            rethrowIfShuttingDown(e);
        }
        return brokenOff(action, parameters, result, sentence);
    }

    private void killIfRunning(String sentence) throws InterruptedException, ScriptFailureException {
        DurableScript script = run.script();
        if (script == null || run.scriptOutcome() != null) {
            return;
        }
        scriptMonitor.kill();
        run.killed(sentence);
        scriptMonitor.drain();
        notes.println(Messages.ActionExecution_killed(script.script()));
    }

    private static void rethrowIfShuttingDown(InterruptedException e) throws InterruptedException {
        if (JenkinsShutdown.isInProgress()) {
            throw e;
        }
    }

    /**
     * Determines the staging’s status. A script that may still be running is not killed, because only an abort or a
     * timeout kills it.
     */
    private RunOutcome brokenOff(StagingAction action, StagingRunParameters parameters, Result result, String sentence)
            throws InterruptedException {
        DurableScript script = run.script();
        if (script != null && run.scriptOutcome() == null) {
            String mayStillRun = io.jenkins.plugins.octopod.staging.Messages.ActionExecution_mayStillRun(
                    script.script(), run.agentDisplayName());
            return new RunOutcome(afterFailure(run), result, sentence + ' ' + mayStillRun);
        }
        try {
            if (script != null) {
                // Also if the script had already ended when the run was aborted.
                scriptMonitor.removeFiles();
            }
            if (script != null && action != StagingAction.CLEANUP && !ItemDeletion.contains(staging)) {
                List<String> arguments = agentSession.callWithoutRetry(scripts -> arguments(scripts, parameters));
                return new StatusVerifier(run, agentSession, arguments, statusMachine(), notes)
                        .checkOnce(action, result, sentence);
            }
        } catch (ScriptFailureException e) {
            notes.println(e.restrictedMessage().detail());
        } catch (InterruptedException e) {
            rethrowIfShuttingDown(e);
        }
        return new RunOutcome(afterFailure(run), result, sentence);
    }

    /** Returns the arguments of this run’s lifecycle scripts. */
    private List<String> arguments(AgentScripts scripts, StagingRunParameters parameters)
            throws IOException, InterruptedException, ScriptFailureException {
        if (configuration == null) {
            Overrides deployment = parameters.getDeploymentOverrides();
            ConfigurationDefaults configurationDefaults =
                    DefaultsService.get().fetch(scripts, getProject(), deployment);
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
     * Returns the status after a failed run of a staging that can’t be checked. If the script wasn’t even started, it
     * is the status before the action.
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
