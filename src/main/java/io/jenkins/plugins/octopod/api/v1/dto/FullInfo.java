package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.time.Instant;
import java.util.List;

/**
 * Desired and observed state of a staging.
 *
 * @param updatedAt the later of two times: that of the last request, and that of the last change of the status
 */
public record FullInfo(
        Deployment deployment, DeploymentStatus status, List<Metadatum> metadata, String createdAt, String updatedAt) {

    public static FullInfo of(Staging staging) {
        ObservedState observedState = staging.observedState();
        Instant asked = staging.changedAt();
        Instant since = observedState.since();
        return new FullInfo(
                Deployment.of(staging),
                DeploymentStatus.of(observedState),
                Metadatum.listOf(observedState.links()),
                staging.createdAt().toString(),
                (asked.isAfter(since) ? asked : since).toString());
    }
}
