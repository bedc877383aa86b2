package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An action that was accepted and isn't done: it waits in the queue, or a run is at it. Stored with the observed state, so that it
 * is still known when the queue is lost. Immutable.
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

    @ModuleInternal
    public PendingAction(
            String requestId,
            StagingAction action,
            @CheckForNull Status before,
            @CheckForNull Overrides applicationBefore,
            @CheckForNull Overrides deploymentBefore,
            @CheckForNull DesiredState desiredState,
            boolean configChecked,
            List<Cause> causes) {
        this.requestId = Objects.requireNonNull(requestId);
        this.action = Objects.requireNonNull(action);
        this.before = before;
        this.applicationBefore = applicationBefore;
        this.deploymentBefore = deploymentBefore;
        this.wishes = desiredState;
        this.configChecked = configChecked;
        this.causes = new ArrayList<>(causes);
    }

    public String requestId() {
        return requestId;
    }

    public StagingAction action() {
        return action;
    }

    /** The status that the staging had; null if it wasn't there. */
    @CheckForNull
    @ModuleInternal
    public Status before() {
        return before;
    }

    /** What the staging had; null if it wasn’t there. */
    @CheckForNull
    @ModuleInternal
    public Overrides applicationBefore() {
        return applicationBefore;
    }

    /** What the staging had; null if it wasn’t there. */
    @CheckForNull
    @ModuleInternal
    public Overrides deploymentBefore() {
        return deploymentBefore;
    }

    /** What is wanted of the staging by it; null if only the staging itself knows. */
    @CheckForNull
    @ModuleInternal
    public DesiredState desiredState() {
        return wishes;
    }

    @ModuleInternal
    public boolean isConfigChecked() {
        return configChecked;
    }

    /** Who or what asked for it. */
    public List<Cause> causes() {
        return causes == null ? List.of() : List.copyOf(causes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingAction that && requestId.equals(that.requestId);
    }

    @Override
    public int hashCode() {
        return requestId.hashCode();
    }
}
