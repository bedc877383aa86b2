package io.jenkins.plugins.octopod.staging.state;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.time.Instant;

/**
 * Overrides and lifetime of a staging as an accepted request specifies them and as {@code config.xml} will contain
 * them. Immutable. It is part of {@link ObservedState} while the request is pending, so that a single file contains the
 * complete accepted request.
 */
@ModuleInternal
public final class DesiredState {

    private final String requestId;
    private final Overrides application;
    private final Overrides deployment;
    private final long changedAt;

    @CheckForNull
    private final String changedBy;

    private final Lifetime lifetime;

    /**
     * Creates a desired state.
     *
     * @param requestId id of the request that specifies it; null if unknown
     */
    public DesiredState(
            @CheckForNull String requestId,
            StagingOverrides overrides,
            Instant changedAt,
            @CheckForNull String changedBy,
            Lifetime lifetime) {
        this.requestId = requestId;
        application = overrides.application();
        deployment = overrides.deployment();
        this.changedAt = changedAt.toEpochMilli();
        this.changedBy = changedBy;
        this.lifetime = lifetime;
    }

    /** Returns the desired state of a staging before its first request. */
    public static DesiredState none(Instant now) {
        return new DesiredState(null, StagingOverrides.NONE, now, null, Lifetime.startingAt(now));
    }

    /** Returns a copy with these overrides. */
    public DesiredState with(StagingOverrides newOverrides) {
        return new DesiredState(requestId, newOverrides, changedAt(), changedBy, lifetime);
    }

    /** Returns a copy with this lifetime. */
    public DesiredState with(Lifetime newLifetime) {
        return new DesiredState(requestId, overrides(), changedAt(), changedBy, newLifetime);
    }

    /** Returns a copy that was last changed at this time, by this user or Pipeline; null if unknown. */
    public DesiredState withChange(Instant newChangedAt, @CheckForNull String newChangedBy) {
        return new DesiredState(requestId, overrides(), newChangedAt, newChangedBy, lifetime);
    }

    @CheckForNull
    public String requestId() {
        return requestId;
    }

    public StagingOverrides overrides() {
        return new StagingOverrides(application, deployment);
    }

    public Instant changedAt() {
        return Instant.ofEpochMilli(changedAt);
    }

    @CheckForNull
    public String changedBy() {
        return changedBy;
    }

    public Lifetime lifetime() {
        return lifetime;
    }
}
