package io.jenkins.plugins.octopod.staging.waiting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A request that waits until its staging is free, and is then submitted as the user who made it. It isn’t accepted yet.
 * It is stored in a file of its own in the staging’s directory. Immutable.
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

    private WaitingRequest(Builder builder) {
        requestId = Objects.requireNonNull(builder.requestId);
        kind = Objects.requireNonNull(builder.kind);
        applicationOverrides = builder.overrides.application();
        deploymentOverrides = builder.overrides.deployment();
        expectedVersion = builder.expectedVersion;
        causes = new ArrayList<>(builder.causes);
        user = builder.user;
        since = builder.since.toEpochMilli();
    }

    /**
     * Returns a builder of a request without overrides and causes. The kind must be set.
     *
     * @param requestId id of the request, which it keeps when it is accepted
     * @param since time at which the request began to wait
     */
    @ModuleInternal
    public static Builder builder(String requestId, Instant since) {
        return new Builder(requestId, since);
    }

    /** Builder that names each value, because several have the same type. */
    @ModuleInternal
    public static final class Builder {

        private final String requestId;
        private final Instant since;
        private String kind;
        private StagingOverrides overrides = StagingOverrides.NONE;
        private String expectedVersion;
        private List<Cause> causes = List.of();
        private String user;

        private Builder(String requestId, Instant since) {
            this.requestId = requestId;
            this.since = since;
        }

        /** Sets the name of a constant of {@code StagingRequest.Kind}. */
        public Builder kind(String value) {
            kind = value;
            return this;
        }

        public Builder overrides(StagingOverrides value) {
            overrides = value;
            return this;
        }

        /** Sets the version of the overrides that the staging must have; null for any. */
        public Builder expectedVersion(@CheckForNull String value) {
            expectedVersion = value;
            return this;
        }

        public Builder causes(List<Cause> value) {
            causes = value;
            return this;
        }

        /** Sets the id of the user who made the request; null for Jenkins itself. */
        public Builder user(@CheckForNull String value) {
            user = value;
            return this;
        }

        public WaitingRequest build() {
            return new WaitingRequest(this);
        }
    }

    /** Returns the id, which the request keeps when it is accepted. */
    public String requestId() {
        return requestId;
    }

    /** Returns the name of a constant of {@code StagingRequest.Kind}. */
    public String kind() {
        return kind;
    }

    public StagingOverrides overrides() {
        return new StagingOverrides(
                applicationOverrides == null ? Overrides.NONE : applicationOverrides,
                deploymentOverrides == null ? Overrides.NONE : deploymentOverrides);
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

    /** Returns when the request began to wait. */
    public Instant since() {
        return Instant.ofEpochMilli(since);
    }
}
