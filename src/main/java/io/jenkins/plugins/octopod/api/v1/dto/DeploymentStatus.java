package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.staging.state.ObservedState;

/** A status, and whether an action is waiting or running. */
public record DeploymentStatus(String tag, RecordedStatus recordedStatus) {

    static DeploymentStatus of(ObservedState record) {
        return new DeploymentStatus(
                record.pending() == null ? "DeploymentNotPending" : "DeploymentPending",
                RecordedStatus.of(record.status()));
    }
}
