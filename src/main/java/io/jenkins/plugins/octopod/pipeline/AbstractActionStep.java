package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.execution.StagingStepRequest;
import io.jenkins.plugins.octopod.pipeline.execution.StepOptions;
import io.jenkins.plugins.octopod.pipeline.execution.SurroundingSecrets;
import io.jenkins.plugins.octopod.pipeline.execution.WhenBusy;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** Base class of the steps that request an action on a staging. */
public abstract class AbstractActionStep extends AbstractStagingStep {

    private final Kind kind;
    private boolean wait = true;
    private String whenBusy = WhenBusy.WAIT.word();

    AbstractActionStep(Kind kind, String project, String name) {
        super(project, name);
        this.kind = kind;
    }

    /** Returns whether the step waits until the run has ended. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** Returns what the step does while the staging is busy: {@code wait}, {@code fail} or {@code abort}. */
    public String getWhenBusy() {
        return whenBusy;
    }

    /**
     * Sets what the step does while the staging is busy.
     *
     * @param whenBusy {@code wait}, {@code fail} or {@code abort}; checked when the step starts
     */
    @DataBoundSetter
    public void setWhenBusy(String whenBusy) {
        this.whenBusy = Util.fixEmptyAndTrim(whenBusy) == null ? WhenBusy.WAIT.word() : whenBusy.trim();
    }

    /** Returns the requested kind of action. */
    Kind kind() {
        return kind;
    }

    /** Returns whether a check is published in the pull request. Only a deployment has one. */
    boolean isPublishChecks() {
        return false;
    }

    StagingOverrides overrides() throws RefusalException {
        return StagingOverrides.NONE;
    }

    /**
     * Returns the note that the staging gets; empty to remove the note, null to keep it.
     *
     * @throws RefusalException if the text can’t be a note
     */
    @CheckForNull
    String checkedNote() throws RefusalException {
        return null;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        try {
            StagingOverrides overrides = overrides();
            SurroundingSecrets secrets = SurroundingSecrets.of(context.get(EnvironmentExpander.class));
            secrets.requireNoneIn(overrides.application());
            secrets.requireNoneIn(overrides.deployment());
            String note = checkedNote();
            secrets.requireNoneIn(note);
            StepOptions options = new StepOptions(wait, WhenBusy.of(whenBusy), isPublishChecks(), note);
            return new ActionStepExecution(
                    context, new StagingStepRequest(getProject(), getName(), kind(), overrides, options));
        } catch (RefusalException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
