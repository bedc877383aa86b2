package io.jenkins.plugins.octopod.staging.state;

import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import java.util.Objects;

/**
 * What a run is to do, with the overrides as they were when it was asked for. Goes with the queue item and stays with
 * the run. Immutable.
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

    /** By which those who asked know their run again. */
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

    /** Whether {@code config_check} has been asked already. */
    @ModuleInternal
    public boolean isConfigChecked() {
        return configChecked;
    }
}
