package io.jenkins.plugins.octopod.staging;

import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A staging that something else has deployed, as it is known there. Immutable.
 *
 * @param name as it is called there, whether or not that can be a name here
 * @param status that it had there last
 * @param links that it had there
 * @param createdAt when it was created there
 * @param changedAt when something about it changed there last
 */
public record ExternalStaging(
        String name,
        Status status,
        List<StagingLink> links,
        Overrides application,
        Overrides deployment,
        Instant createdAt,
        Instant changedAt) {

    public ExternalStaging {
        Objects.requireNonNull(name);
        Objects.requireNonNull(status);
        Objects.requireNonNull(application);
        Objects.requireNonNull(deployment);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(changedAt);
        links = List.copyOf(links);
    }
}
