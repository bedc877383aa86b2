package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A request that waits until its staging is free, and is submitted then by the user who has made it. Nothing of it is accepted
 * yet. It is stored beside the staging’s other files. Immutable.
 */
public final class WaitingRequest {

    private final String requestId;

    /** Name of a constant of {@code StagingRequest.Kind}. */
    private final String kind;

    @CheckForNull
    private final Overrides applicationOverrides;

    @CheckForNull
    private final Overrides deploymentOverrides;

    @CheckForNull
    private final String expectedVersion;

    @CheckForNull
    private final List<Cause> causes;

    @CheckForNull
    private final String user;

    private final long since;

    /**
     * @param kind name of a constant of {@code StagingRequest.Kind}
     * @param expectedVersion version of the overrides that the staging must have; null for any
     * @param user id of the user who has made the request; null for Jenkins itself
     */
    @ModuleInternal
    public WaitingRequest(
            String requestId,
            String kind,
            Overrides applicationOverrides,
            Overrides deploymentOverrides,
            @CheckForNull String expectedVersion,
            List<Cause> causes,
            @CheckForNull String user,
            Instant since) {
        this.requestId = Objects.requireNonNull(requestId);
        this.kind = Objects.requireNonNull(kind);
        this.applicationOverrides = applicationOverrides;
        this.deploymentOverrides = deploymentOverrides;
        this.expectedVersion = expectedVersion;
        this.causes = new ArrayList<>(causes);
        this.user = user;
        this.since = since.toEpochMilli();
    }

    /** The id that the request keeps when it is accepted. */
    public String requestId() {
        return requestId;
    }

    /** Name of a constant of {@code StagingRequest.Kind}. */
    public String kind() {
        return kind;
    }

    public Overrides applicationOverrides() {
        return applicationOverrides == null ? Overrides.NONE : applicationOverrides;
    }

    public Overrides deploymentOverrides() {
        return deploymentOverrides == null ? Overrides.NONE : deploymentOverrides;
    }

    /** Version of the overrides that the staging must have when the request is submitted; null for any. */
    @CheckForNull
    public String expectedVersion() {
        return expectedVersion;
    }

    /** Who or what asked for it, for its run. */
    public List<Cause> causes() {
        return causes == null ? List.of() : List.copyOf(causes);
    }

    /** Id of the user who has made the request, and as whom it is submitted; null for Jenkins itself. */
    @CheckForNull
    public String user() {
        return user;
    }

    public Instant since() {
        return Instant.ofEpochMilli(since);
    }
}
