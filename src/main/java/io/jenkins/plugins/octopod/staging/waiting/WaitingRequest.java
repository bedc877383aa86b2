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
 * A request that waits until its staging is free, and is then submitted as the user who made it. It isn’t accepted yet.
 * It is stored next to the staging’s other files. Immutable.
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
     * Creates a waiting request.
     *
     * @param kind name of a constant of {@code StagingRequest.Kind}
     * @param expectedVersion version of the overrides that the staging must have; null for any
     * @param user id of the user who made the request; null for Jenkins itself
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

    /** Returns the id, which the request keeps when it is accepted. */
    public String requestId() {
        return requestId;
    }

    /** Returns the name of a constant of {@code StagingRequest.Kind}. */
    public String kind() {
        return kind;
    }

    public Overrides applicationOverrides() {
        return applicationOverrides == null ? Overrides.NONE : applicationOverrides;
    }

    public Overrides deploymentOverrides() {
        return deploymentOverrides == null ? Overrides.NONE : deploymentOverrides;
    }

    /** Returns the version of the overrides that the staging must have when the request is submitted; null for any. */
    @CheckForNull
    public String expectedVersion() {
        return expectedVersion;
    }

    /** Returns the causes of the run. */
    public List<Cause> causes() {
        return causes == null ? List.of() : List.copyOf(causes);
    }

    /** Returns the id of the user who made the request, and as whom it is submitted; null for Jenkins itself. */
    @CheckForNull
    public String user() {
        return user;
    }

    public Instant since() {
        return Instant.ofEpochMilli(since);
    }
}
