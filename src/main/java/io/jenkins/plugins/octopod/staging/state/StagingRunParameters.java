package io.jenkins.plugins.octopod.staging.state;

import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import java.util.Objects;

/**
 * The action of a run, with the overrides at the time of the request. Part of the queue item, and then of the run.
 * Immutable.
 */
public final class StagingRunParameters extends InvisibleAction {

    private final String requestId;
    private final StagingAction action;
    private final Overrides applicationOverrides;
    private final Overrides deploymentOverrides;
    private final boolean configChecked;

    @ModuleInternal
    public StagingRunParameters(
            String requestId,
            StagingAction action,
            Overrides applicationOverrides,
            Overrides deploymentOverrides,
            boolean configChecked) {
        this.requestId = Objects.requireNonNull(requestId);
        this.action = Objects.requireNonNull(action);
        this.applicationOverrides = Objects.requireNonNull(applicationOverrides);
        this.deploymentOverrides = Objects.requireNonNull(deploymentOverrides);
        this.configChecked = configChecked;
    }

    /** Returns the id by which a caller finds the run of its request. */
    public String getRequestId() {
        return requestId;
    }

    public StagingAction getAction() {
        return action;
    }

    public Overrides getApplicationOverrides() {
        return applicationOverrides;
    }

    public Overrides getDeploymentOverrides() {
        return deploymentOverrides;
    }

    /** Returns whether {@code config_check} has already accepted the configuration. */
    @ModuleInternal
    public boolean isConfigChecked() {
        return configChecked;
    }
}
