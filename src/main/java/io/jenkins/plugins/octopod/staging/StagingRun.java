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
 * One action on a staging: its result, its log and its place on an executor. {@link RunLifecycle} executes it.
 *
 * <p>It survives a restart of the controller. Until it is done it has no result, and it gets an executor again, which
 * continues where the last one stopped.
 *
 * <p>The constructor of {@link Run} reads its fields from disk, so they must have no initializers.
 *
 * @since 1.0
 */
public final class StagingRun extends LazyStagingRun implements ContinuableExecutable {

    private static final Logger LOGGER = Logger.getLogger(StagingRun.class.getName());

    private volatile boolean done;

    @CheckForNull
    private volatile String agentName;

    /** Null if unknown, for example because the run has not begun. */
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

    /** Whether an executor runs it, or it is being abandoned. */
    private transient boolean taken;

    /** Whether the outcome of a finished run is not stored yet. */
    private transient volatile boolean outcomeUnsaved;

    public StagingRun(Staging staging) throws IOException {
        super(staging);
    }

    public StagingRun(Staging staging, File directory) throws IOException {
        super(staging, directory);
    }

    /** Removes the result that core assumes for a run that isn’t done. */
    @Override
    public void reload() throws IOException {
        super.reload();
        if (!done) {
            result = null;
        }
    }

    /** Returns whether the caller is the one that ends this run: an executor, or the code that abandons it. */
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
                // Jenkins is shutting down. The script continues to run, and this run continues after the restart.
                // Everything that it has done so far is stored.
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

    /**
     * Stores how the run ended, unless that is stored already.
     *
     * @throws IOException if it can’t be stored
     */
    @ModuleInternal
    public void storeOutcome() throws IOException {
        if (outcomeUnsaved) {
            save();
            outcomeUnsaved = false;
        }
    }

    /**
     * Ends a run that has no executor and will not get one, for example because its agent was removed or its
     * continuation was cancelled.
     */
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

    /** Returns what the run does; null if it was queued without parameters. */
    @CheckForNull
    public StagingRunParameters parameters() {
        return getAction(StagingRunParameters.class);
    }

    /** Returns the action of the run; null if it has no {@link #parameters}. */
    @Exported
    @CheckForNull
    public StagingAction action() {
        StagingRunParameters parameters = parameters();
        return parameters == null ? null : parameters.getAction();
    }

    /** Returns the status that the run left the staging in; null if it isn’t done, or the staging no longer exists. */
    @Exported
    @CheckForNull
    public Status getStatusAfter() {
        return statusAfter;
    }

    /** Returns why the run failed or the staging isn’t running, as a sentence; null if all is well. */
    @Exported
    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** Returns the script’s exit code; null if it has none, because it isn’t done, was killed or never started. */
    @Exported
    @CheckForNull
    public Integer getExitCode() {
        ScriptOutcome scriptOutcome = scriptEnd;
        return scriptOutcome == null ? null : scriptOutcome.exitCode();
    }

    /** Returns the agent of the run; null if Jenkins does not have that agent, or none was assigned yet. */
    @CheckForNull
    @ModuleInternal
    public Node agent() {
        String name = agentName;
        return name == null
                ? null
                : name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name);
    }

    /** Returns the duration in milliseconds that was estimated when the run began; not positive if unknown. */
    public long estimate() {
        return estimate;
    }

    /** Returns the agent’s name for messages. */
    public String agentDisplayName() {
        Node node = agent();
        return node != null ? node.getDisplayName() : String.valueOf(agentName);
    }

    /** Returns the node name of the assigned agent, empty for the built-in node; null if none was assigned yet. */
    @CheckForNull
    @ModuleInternal
    public String agentName() {
        return agentName;
    }

    /** Returns what happens to the run’s agent when Jenkins does not have it any more. */
    @ModuleInternal
    public AgentKind agentKind() {
        Node node = agentKind == null ? agent() : null;
        return node != null ? AgentKind.of(node) : agentKind == null ? AgentKind.STORED : agentKind;
    }

    /** Returns whether the run has ever had an executor. */
    public boolean hasBegun() {
        return agentName != null;
    }

    @CheckForNull
    @ModuleInternal
    public DurableScript script() {
        return script;
    }

    /** Returns the script that the run has started and that is not known to have ended; null if there is none. */
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

    /** Removes the planned script, because it was not started. */
    @ModuleInternal
    public void clearScript() {
        script = null;
    }

    /** Returns whether the run was aborted while it had no executor, so that its script must be killed. */
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

    /** Records that the script was killed. This is stored together with the outcome of the run at the latest. */
    @ModuleInternal
    public void killed(String sentence) {
        try {
            setScriptOutcome(ScriptOutcome.failure(null, sentence));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "That the script of " + this + " was killed can't be stored yet");
        }
    }

    /** Returns whether this run continues after a restart, so that one-shot agents such as pods are kept for it. */
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
