package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One action that a build has requested, with a reference to its staging. Immutable. */
@Restricted(NoExternalUse.class)
public final class BuildAction {

    private final String project;
    private final String name;
    private final long createdAt;
    private final String requestId;
    private final StagingAction action;

    /** Overrides before and after the action, only those that it changed. */
    private final Overrides applicationBefore;

    private final Overrides applicationAfter;
    private final Overrides deploymentBefore;
    private final Overrides deploymentAfter;

    /** Zero if the action has not begun. */
    private final int run;

    /** Null if the run has not ended. */
    @CheckForNull
    private final String result;

    private BuildAction(Staging staging, PendingAction pending) {
        StagingOverrides after = staging.overrides();
        project = staging.getParent().getFullName();
        name = staging.getName();
        createdAt = staging.createdAt().toEpochMilli();
        requestId = pending.requestId();
        action = pending.action();
        Overrides application = orNone(pending.applicationBefore());
        Overrides deployment = orNone(pending.deploymentBefore());
        applicationBefore = ChangedOverrides.in(application, after.application());
        applicationAfter = ChangedOverrides.in(after.application(), application);
        deploymentBefore = ChangedOverrides.in(deployment, after.deployment());
        deploymentAfter = ChangedOverrides.in(after.deployment(), deployment);
        run = 0;
        result = null;
    }

    private BuildAction(BuildAction from, int run, @CheckForNull String result) {
        project = from.project;
        name = from.name;
        createdAt = from.createdAt;
        requestId = from.requestId;
        action = from.action;
        applicationBefore = from.applicationBefore;
        applicationAfter = from.applicationAfter;
        deploymentBefore = from.deploymentBefore;
        deploymentAfter = from.deploymentAfter;
        this.run = run;
        this.result = result;
    }

    static BuildAction accepted(Staging staging, PendingAction pending) {
        return new BuildAction(staging, pending);
    }

    BuildAction with(StagingRun newRun) {
        Result ended = newRun.getResult();
        return new BuildAction(this, newRun.getNumber(), ended == null ? null : ended.toString());
    }

    /** Returns what is known altogether; this object if the other one knows nothing new. */
    BuildAction mergedWith(BuildAction later) {
        int knownRun = later.run == 0 ? run : later.run;
        String knownResult = later.result == null ? result : later.result;
        return knownRun == run && Objects.equals(knownResult, result)
                ? this
                : new BuildAction(this, knownRun, knownResult);
    }

    /** Returns whether everything is there that each action has. */
    boolean isComplete() {
        return project != null && name != null && requestId != null && action != null;
    }

    private static Overrides orNone(@CheckForNull Overrides overrides) {
        return overrides == null ? Overrides.NONE : overrides;
    }

    /** Returns the full name that the project had when the action was requested. */
    public String project() {
        return project;
    }

    /** Returns the name of the staging. */
    public String name() {
        return name;
    }

    /**
     * Returns when the staging was created, in milliseconds since 1970. It distinguishes stagings that had the same
     * name one after the other.
     */
    public long createdAt() {
        return createdAt;
    }

    public String requestId() {
        return requestId;
    }

    public StagingAction action() {
        return action;
    }

    /** Returns the application overrides before the action, without those that it left unchanged. */
    public Overrides applicationBefore() {
        return orNone(applicationBefore);
    }

    /** Returns the application overrides after the action, without those that it left unchanged. */
    public Overrides applicationAfter() {
        return orNone(applicationAfter);
    }

    /** Returns the deployment overrides before the action, without those that it left unchanged. */
    public Overrides deploymentBefore() {
        return orNone(deploymentBefore);
    }

    /** Returns the deployment overrides after the action, without those that it left unchanged. */
    public Overrides deploymentAfter() {
        return orNone(deploymentAfter);
    }

    /** Returns the number of the run; 0 if the action has not begun. */
    public int run() {
        return run;
    }

    /** Returns the result of the run; null if the run has not ended. */
    @CheckForNull
    public Result result() {
        return result == null ? null : Result.fromString(result);
    }
}
