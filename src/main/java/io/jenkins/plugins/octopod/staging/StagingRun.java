package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StreamBuildListener;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.scripts.durable.DurableScript;
import io.jenkins.plugins.octopod.staging.log.ConsoleLogFilterChain;
import io.jenkins.plugins.octopod.staging.log.RunLogWriter;
import io.jenkins.plugins.octopod.staging.state.AgentKind;
import io.jenkins.plugins.octopod.staging.state.ScriptOutcome;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.JenkinsShutdown;
import io.jenkins.plugins.octopod.staging.support.StorageRetry;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.durabletask.executors.ContinuableExecutable;
import org.kohsuke.stapler.export.Exported;

/**
 * One action on a staging: its result, its log and its place on an executor. {@link RunLifecycle}
 * executes it.
 *
 * <p>It outlives a restart of the controller: until it is done it has no result, and is given to an executor again, which
 * goes on where the last one stopped.
 *
 * <p>Its fields are set from disk by the constructor of {@link Run}: they must have no initializers.
 */
public final class StagingRun extends LazyStagingRun implements ContinuableExecutable {

    private static final Logger LOGGER = Logger.getLogger(StagingRun.class.getName());

    private volatile boolean done;

    @CheckForNull
    private volatile String agentName;

    /** Null if it has not begun, or was begun before this was stored. */
    @CheckForNull
    private AgentKind agentKind;

    @CheckForNull
    private volatile DurableScript script;

    @CheckForNull
    private volatile ScriptOutcome scriptEnd;

    private volatile boolean abortRequested;

    @CheckForNull
    private Status statusAfter;

    @CheckForNull
    private String reason;

    private transient volatile long estimate;

    /** An executor runs it, or it is being given up. */
    private transient boolean taken;

    /** That it is done, and how that came, isn’t on disk yet. */
    private transient volatile boolean outcomeUnsaved;

    public StagingRun(Staging staging) throws IOException {
        super(staging);
    }

    public StagingRun(Staging staging, File directory) throws IOException {
        super(staging, directory);
    }

    /** A run that isn’t done has no result yet, whatever core assumes of what it finds on disk. */
    @Override
    public void reload() throws IOException {
        super.reload();
        if (!done) {
            result = null;
        }
    }

    /** Returns whether the caller is the one that ends this run: an executor, or the one that gives it up. */
    private synchronized boolean take() {
        boolean free = !taken;
        taken = true;
        return free;
    }

    @Override
    public void run() {
        if (!take()) {
            return;
        }
        boolean resumed = agentName != null;
        onStartBuilding();
        charset = "UTF-8";
        try (RunLogWriter log = log()) {
            StreamBuildListener listener = new StreamBuildListener(filters().over(log.notes()), getCharset());
            begin(resumed, listener);
            RunOutcome outcome;
            try {
                outcome = RunLifecycle.get().execute(this, log, listener);
            } catch (InterruptedException e) {
                // Only a stopping Jenkins gets here: the script runs on, and so does this run after the restart.
                // What it has done so far is stored already.
                listener.getLogger().println(Messages.StagingRun_suspended());
                return;
            }
            finish(outcome, listener);
        } catch (InterruptedException e) {
            failUnexpectedly(Result.ABORTED, Messages.ActionExecution_aborted(), e);
        } catch (IOException e) {
            failUnexpectedly(Result.FAILURE, Messages.StagingRun_notStored(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            failUnexpectedly(Result.FAILURE, Messages.StagingRun_internalError(String.valueOf(e)), e);
        }
    }

    /** Opens the log. While a script is running, this is retried until the log can be opened. */
    private RunLogWriter log() throws IOException, InterruptedException {
        return script == null ? openLog() : StorageRetry.await(this, null, Instant.MAX, this::openLog);
    }

    private RunLogWriter openLog() throws IOException {
        return RunLogWriter.open(getLogFile(), new File(getRootDir(), RunLogWriter.INDEX_FILE), filters());
    }

    private ConsoleLogFilterChain filters() {
        return ConsoleLogFilterChain.of(this);
    }

    private void failUnexpectedly(Result brokenResult, String sentence, Throwable cause) {
        LOGGER.log(Level.WARNING, cause, () -> "Run " + this + " broke off");
        if (!done && !JenkinsShutdown.isInProgress()) {
            DurableScript begun = script;
            String reasonThen = begun == null || scriptEnd != null
                    ? sentence
                    : sentence + ' ' + Messages.ActionExecution_mayStillRun(begun.script(), agentDisplayName());
            Status after = RunLifecycle.get().statusAfterFailure(this);
            finish(new RunOutcome(after, brokenResult, reasonThen), TaskListener.NULL);
        }
    }

    private void begin(boolean resumed, StreamBuildListener listener) throws IOException {
        estimate = getEstimatedDuration();
        if (resumed) {
            listener.getLogger().println(Messages.StagingRun_resumed());
            StagingListener.fireChanged(getParent());
            return;
        }
        Executor executor = Executor.currentExecutor();
        Node node = executor == null ? null : executor.getOwner().getNode();
        agentName = node == null ? "" : node.getNodeName();
        agentKind = node == null ? null : AgentKind.of(node);
        save();
        listener.started(getCauses());
        RunListener.fireStarted(this, listener);
        StagingListener.fireChanged(getParent());
    }

    private void finish(RunOutcome outcome, TaskListener listener) {
        try {
            setResult(outcome.result());
            statusAfter = outcome.status();
            reason = outcome.reason();
            duration = Math.max(0, System.currentTimeMillis() - getTimeInMillis());
            RunListener.fireCompleted(this, listener);
            if (listener instanceof StreamBuildListener buildListener) {
                buildListener.finished(outcome.result());
            }
        } finally {
            done = true;
            outcomeUnsaved = true;
            RunLifecycle.get().complete(this);
            onEndBuilding();
        }
        if (outcome.status() == null) {
            RunLifecycle.get().deleteWhenIdle(this);
        }
    }

    /** @throws IOException if how it ended isn’t stored, and can’t be */
    @ModuleInternal
    public void storeOutcome() throws IOException {
        if (outcomeUnsaved) {
            save();
            outcomeUnsaved = false;
        }
    }

    /** Ends a run that no executor has, and none will get: its agent is no more, or somebody cancelled its going on. */
    @ModuleInternal
    public void abandon(Result abandonResult, String sentence) {
        if (!take()) {
            return;
        }
        onStartBuilding();
        Status after = RunLifecycle.get().statusAfterFailure(this);
        try (RunLogWriter log = openLog()) {
            StreamBuildListener listener = new StreamBuildListener(filters().over(log.notes()), getCharset());
            listener.error(sentence);
            finish(new RunOutcome(after, abandonResult, sentence), listener);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log of " + this + " can't be written");
            finish(new RunOutcome(after, abandonResult, sentence), TaskListener.NULL);
        }
    }

    /** What the run does; null for one that somebody put into the queue without saying what for. */
    @CheckForNull
    public StagingRunParameters parameters() {
        return getAction(StagingRunParameters.class);
    }

    /** Null as with {@link #parameters}. */
    @Exported
    @CheckForNull
    public StagingAction action() {
        StagingRunParameters parameters = parameters();
        return parameters == null ? null : parameters.getAction();
    }

    /** The status that the run left the staging in; null while it isn’t done, and where the staging is gone. */
    @Exported
    @CheckForNull
    public Status getStatusAfter() {
        return statusAfter;
    }

    /** Why it failed, or why the staging isn’t running, in a sentence; null if all is well. */
    @Exported
    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** The script’s exit code; null if it has none, because it isn’t done, was killed or never started. */
    @Exported
    @CheckForNull
    public Integer getExitCode() {
        ScriptOutcome scriptOutcome = scriptEnd;
        return scriptOutcome == null ? null : scriptOutcome.exitCode();
    }

    /** The agent that it runs on; null if that is no more, or none has been chosen yet. */
    @CheckForNull
    @ModuleInternal
    public Node agent() {
        String name = agentName;
        return name == null
                ? null
                : name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name);
    }

    /** How long it will take, in milliseconds, as was known when it began; not positive where it isn’t known. */
    public long estimate() {
        return estimate;
    }

    /** As it is called in sentences. */
    public String agentDisplayName() {
        Node node = agent();
        return node != null ? node.getDisplayName() : String.valueOf(agentName);
    }

    /** The name of the agent that it was given to, empty for the built-in node; null if it wasn’t to any yet. */
    @CheckForNull
    @ModuleInternal
    public String agentName() {
        return agentName;
    }

    /** What becomes of its agent once Jenkins does not have it any more. */
    @ModuleInternal
    public AgentKind agentKind() {
        Node node = agentKind == null ? agent() : null;
        return node != null ? AgentKind.of(node) : agentKind == null ? AgentKind.STORED : agentKind;
    }

    /** Whether an executor has had it. */
    public boolean hasBegun() {
        return agentName != null;
    }

    @CheckForNull
    @ModuleInternal
    public DurableScript script() {
        return script;
    }

    /** The script that it has started and that is not known to have ended; null if there is none. */
    @CheckForNull
    @ModuleInternal
    public StartedScript startedScript() {
        DurableScript started = script;
        return started == null || scriptEnd != null
                ? null
                : StartedScript.by(
                        Objects.requireNonNull(parameters()).getRequestId(),
                        getNumber(),
                        started,
                        Objects.requireNonNull(agentName),
                        agentKind());
    }

    @ModuleInternal
    public void setScript(DurableScript planned) throws IOException {
        script = planned;
        save();
    }

    /** The agent refused to start what was planned. */
    @ModuleInternal
    public void clearScript() {
        script = null;
    }

    /** Whether somebody wants it ended, although no executor has it: what it has started on its agent is to be killed. */
    @ModuleInternal
    public boolean isAbortRequested() {
        return abortRequested;
    }

    @ModuleInternal
    public void requestAbort() throws IOException {
        abortRequested = true;
        save();
    }

    @CheckForNull
    @ModuleInternal
    public ScriptOutcome scriptOutcome() {
        return scriptEnd;
    }

    @ModuleInternal
    public void setScriptOutcome(ScriptOutcome scriptOutcome) throws IOException {
        scriptEnd = scriptOutcome;
        save();
    }

    /** Its script was killed. That is stored together with the outcome of the run at the latest. */
    @ModuleInternal
    public void killed(String sentence) {
        try {
            setScriptOutcome(ScriptOutcome.failure(null, sentence));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "That the script of " + this + " was killed can't be stored yet");
        }
    }

    /** Tells one-shot agents, such as pods, that this run goes on after the restart and still needs its agent. */
    @Override
    public boolean willContinue() {
        return !done;
    }

    @Override
    public boolean isBuilding() {
        return !done;
    }

    @Override
    public boolean isInProgress() {
        return !done && !hasntStartedYet();
    }

    @Override
    public boolean isLogUpdated() {
        return !done;
    }

    @Override
    public Executor getExecutor() {
        return Executor.of(this);
    }
}
