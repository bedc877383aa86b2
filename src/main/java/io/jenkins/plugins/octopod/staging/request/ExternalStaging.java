package io.jenkins.plugins.octopod.staging.request;

import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A staging that another system deployed, as that system describes it. Immutable.
 *
 * @param name name in the other system, which is not necessarily a valid name here
 * @param status last status in the other system
 * @param links links of the staging in the other system
 * @param overrides overrides in the other system
 * @param createdAt time of its creation in the other system
 * @param changedAt time of its last change in the other system
 */
public record ExternalStaging(
        String name,
        Status status,
        List<StagingLink> links,
        StagingOverrides overrides,
        Instant createdAt,
        Instant changedAt) {

    public ExternalStaging {
        Objects.requireNonNull(name);
        Objects.requireNonNull(status);
        Objects.requireNonNull(overrides);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(changedAt);
        links = List.copyOf(links);
    }
}
