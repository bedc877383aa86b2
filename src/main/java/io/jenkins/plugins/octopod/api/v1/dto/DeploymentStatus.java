package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.staging.state.ObservedState;

/** A status, and whether an action is waiting or running. */
public record DeploymentStatus(String tag, RecordedStatus recordedStatus) {

    static DeploymentStatus of(ObservedState observedState) {
        return new DeploymentStatus(
                observedState.pending() == null ? "DeploymentNotPending" : "DeploymentPending",
                RecordedStatus.of(observedState.status()));
    }
}
