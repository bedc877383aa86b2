package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.time.Instant;

/**
 * Overrides and lifetime of a staging as an accepted request specifies them and as {@code config.xml} will contain
 * them. Immutable. It is part of {@link ObservedState} while the request is pending, so that a single file contains the
 * complete accepted request.
 */
final class DesiredState {

    private final String requestId;
    private final Overrides application;
    private final Overrides deployment;
    private final long changedAt;

    @CheckForNull
    private final String changedBy;

    private final Lifetime lifetime;

    /** @param requestId of the request that wants it; null for a staging of before this was noted */
    DesiredState(
            @CheckForNull String requestId,
            Overrides application,
            Overrides deployment,
            Instant changedAt,
            @CheckForNull String changedBy,
            Lifetime lifetime) {
        this.requestId = requestId;
        this.application = application;
        this.deployment = deployment;
        this.changedAt = changedAt.toEpochMilli();
        this.changedBy = changedBy;
        this.lifetime = lifetime;
    }

    /** Of a staging that nobody has asked for yet. */
    static DesiredState none(Instant now) {
        return new DesiredState(null, Overrides.NONE, Overrides.NONE, now, null, Lifetime.startingAt(now));
    }

    /** As this, but with those overrides. */
    DesiredState with(Overrides newApplication, Overrides newDeployment) {
        return new DesiredState(requestId, newApplication, newDeployment, changedAt(), changedBy, lifetime);
    }

    /** As this, but with that lifetime. */
    DesiredState with(Lifetime newLifetime) {
        return new DesiredState(requestId, application, deployment, changedAt(), changedBy, newLifetime);
    }

    @CheckForNull
    String requestId() {
        return requestId;
    }

    Overrides application() {
        return application;
    }

    Overrides deployment() {
        return deployment;
    }

    Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    @CheckForNull
    String changedBy() {
        return changedBy;
    }

    Lifetime lifetime() {
        return lifetime;
    }
}
