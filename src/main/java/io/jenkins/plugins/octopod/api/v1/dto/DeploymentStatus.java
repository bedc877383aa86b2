package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.staging.state.ObservedState;

/**
 * Status of a staging, and whether an action is pending.
 *
 * @param tag {@code DeploymentPending} or {@code DeploymentNotPending}
 */
public record DeploymentStatus(String tag, RecordedStatus recordedStatus) {

    static DeploymentStatus of(ObservedState observedState) {
        return new DeploymentStatus(
                observedState.pending() == null ? "DeploymentNotPending" : "DeploymentPending",
                RecordedStatus.of(observedState.status()));
    }
}
