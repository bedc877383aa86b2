package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An action that was accepted and isn’t done: it waits in the queue, or a run executes it. Stored with the observed
 * state, so that it isn’t lost with the queue. Immutable.
 *
 * @since 1.0
 */
public final class PendingAction {

    private final String requestId;
    private final StagingAction action;

    @CheckForNull
    private final Status before;

    @CheckForNull
    private final Overrides applicationBefore;

    @CheckForNull
    private final Overrides deploymentBefore;

    /** {@code null} if the observed state was stored before this was recorded. */
    @CheckForNull
    private final DesiredState wishes;

    private final boolean configChecked;
    private final List<Cause> causes;

    /** {@code null} if the staging didn’t exist, or the observed state was stored before this was recorded. */
    @CheckForNull
    private final StateBefore stateBefore;

    /** {@code null} unless the action was cancelled and the previous state is being restored. */
    @CheckForNull
    private final String cancellation;

    private PendingAction(Builder builder) {
        requestId = builder.requestId;
        action = builder.action;
        before = builder.before;
        applicationBefore = builder.applicationBefore;
        deploymentBefore = builder.deploymentBefore;
        wishes = builder.wishes;
        configChecked = builder.configChecked;
        causes = new ArrayList<>(builder.causes);
        stateBefore = builder.stateBefore;
        cancellation = builder.cancellation;
    }

    /** Returns a builder of an action on a staging that doesn’t exist yet, without causes. */
    @ModuleInternal
    public static Builder builder(String requestId, StagingAction action) {
        return new Builder(requestId, action);
    }

    /** Builder that names each value, because several have the same type. */
    @ModuleInternal
    public static final class Builder {

        private final String requestId;
        private final StagingAction action;
        private Status before;
        private Overrides applicationBefore;
        private Overrides deploymentBefore;
        private DesiredState wishes;
        private boolean configChecked;
        private List<Cause> causes = List.of();
        private StateBefore stateBefore;
        private String cancellation;

        private Builder(String requestId, StagingAction action) {
            this.requestId = Objects.requireNonNull(requestId);
            this.action = Objects.requireNonNull(action);
        }

        private Builder(PendingAction from) {
            this(from.requestId, from.action);
            before = from.before;
            applicationBefore = from.applicationBefore;
            deploymentBefore = from.deploymentBefore;
            wishes = from.wishes;
            configChecked = from.configChecked;
            causes = from.causes();
            stateBefore = from.stateBefore;
            cancellation = from.cancellation;
        }

        /** Sets the status before the action; null if the staging didn’t exist. */
        public Builder before(@CheckForNull Status status) {
            before = status;
            return this;
        }

        /** Sets the overrides before the action; null if the staging didn’t exist. */
        public Builder overridesBefore(@CheckForNull StagingOverrides overrides) {
            applicationBefore = overrides == null ? null : overrides.application();
            deploymentBefore = overrides == null ? null : overrides.deployment();
            return this;
        }

        /** Sets the state that the request asks for. */
        public Builder desiredState(DesiredState desiredState) {
            wishes = desiredState;
            return this;
        }

        /** Sets whether {@code config_check} has already accepted the configuration. */
        public Builder configChecked(boolean checked) {
            configChecked = checked;
            return this;
        }

        public Builder causes(List<Cause> value) {
            causes = value;
            return this;
        }

        /** Sets the state before the action, apart from status and overrides; null if the staging didn’t exist. */
        public Builder stateBefore(@CheckForNull StateBefore state) {
            stateBefore = state;
            return this;
        }

        public PendingAction build() {
            return new PendingAction(this);
        }
    }

    /** Returns a copy with the staging’s state before the action, apart from status and overrides. */
    @ModuleInternal
    public PendingAction with(@CheckForNull StateBefore newStateBefore) {
        return new Builder(this).stateBefore(newStateBefore).build();
    }

    /**
     * Returns a copy with the new name of a job that was renamed or moved; the same object if neither the request nor
     * the state before contains that job.
     */
    @ModuleInternal
    public PendingAction withJobMoved(String oldFullName, String newFullName) {
        StateBefore movedBefore = stateBefore == null ? null : stateBefore.withJobMoved(oldFullName, newFullName);
        DesiredState movedWishes =
                wishes != null && oldFullName.equals(wishes.lifetime().deployedBy())
                        ? wishes.with(wishes.lifetime().withDeployedBy(newFullName))
                        : wishes;
        return movedBefore == stateBefore && movedWishes == wishes
                ? this
                : new Builder(this)
                        .desiredState(movedWishes)
                        .stateBefore(movedBefore)
                        .build();
    }

    /**
     * Returns a cancelled copy. A cancelled action is not run, even if Jenkins is killed before the previous state is
     * restored.
     *
     * @param sentence sentence that says why the action was cancelled
     */
    @ModuleInternal
    public PendingAction cancelled(String sentence) {
        Builder cancelled = new Builder(this);
        cancelled.cancellation = sentence;
        return cancelled.build();
    }

    /** Returns the id of the request, which its run keeps. */
    public String requestId() {
        return requestId;
    }

    public StagingAction action() {
        return action;
    }

    /** Returns the status before the action; null if the staging didn’t exist. */
    @CheckForNull
    @ModuleInternal
    public Status before() {
        return before;
    }

    /** Returns the application overrides before the action; null if the staging didn’t exist. */
    @CheckForNull
    @ModuleInternal
    public Overrides applicationBefore() {
        return applicationBefore;
    }

    /** Returns the deployment overrides before the action; null if the staging didn’t exist. */
    @CheckForNull
    @ModuleInternal
    public Overrides deploymentBefore() {
        return deploymentBefore;
    }

    /** Returns the desired state that the request specifies; null if it was not recorded. */
    @CheckForNull
    @ModuleInternal
    public DesiredState desiredState() {
        return wishes;
    }

    /**
     * Returns the staging’s state before the action, apart from status and overrides; null if the staging didn’t exist, or
     * the state was not recorded.
     */
    @CheckForNull
    @ModuleInternal
    public StateBefore stateBefore() {
        return stateBefore;
    }

    /** Returns the lifetime without the changes that this action’s request has made to it. */
    @ModuleInternal
    public Lifetime lifetimeWithout(Lifetime lifetime) {
        return stateBefore == null || wishes == null
                ? lifetime
                : lifetime.without(wishes.lifetime(), stateBefore.lifetime());
    }

    /**
     * Returns the sentence that says why the action was cancelled; null if it wasn’t. A cancelled action remains pending
     * until the previous state is restored.
     */
    @CheckForNull
    @ModuleInternal
    public String cancellation() {
        return cancellation;
    }

    /** Returns whether {@code config_check} accepted the configuration before the request was stored. */
    @ModuleInternal
    public boolean isConfigChecked() {
        return configChecked;
    }

    /** Returns the causes of the request. */
    public List<Cause> causes() {
        return causes == null ? List.of() : List.copyOf(causes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingAction that
                && requestId.equals(that.requestId)
                && wishes == that.wishes
                && stateBefore == that.stateBefore
                && Objects.equals(cancellation, that.cancellation);
    }

    @Override
    public int hashCode() {
        return requestId.hashCode();
    }
}
