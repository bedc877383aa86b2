package io.jenkins.plugins.octopod.api.v1.dto;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.time.Instant;
import java.util.List;

/**
 * A staging, as it is wanted and as it is.
 *
 * @param updatedAt when somebody last asked for something, or its status changed last
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
