package io.jenkins.plugins.octopod.staging;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A request to do something with a staging. The requester is the thread’s authentication. Immutable. */
public final class StagingRequest {

    /** What can be requested. */
    public enum Kind {
        CREATE,
        /** Update with exactly these overrides. */
        UPDATE,
        /** Update with these overrides merged into the existing ones. */
        MERGE,
        /** Like {@link #MERGE}, but also if the staging is archived or doesn’t exist yet. */
        DEPLOY,
        /** Like {@link #DEPLOY}, but with exactly these overrides. */
        DEPLOY_EXACTLY,
        /** Like {@link #UPDATE}, but also if the staging is archived. Never creates a staging. */
        REDEPLOY,
        ARCHIVE,
        RESTORE,
        CLEANUP;

        /**
         * Returns the action that a request of this kind results in.
         *
         * @param status status of the staging; null if it doesn’t exist
         */
        public StagingAction action(@CheckForNull Status status) {
            StagingAction deploying = status == Status.Archived ? StagingAction.RESTORE : StagingAction.UPDATE;
            return switch (this) {
                case CREATE -> StagingAction.CREATE;
                case UPDATE, MERGE -> StagingAction.UPDATE;
                case DEPLOY, DEPLOY_EXACTLY -> status == null ? StagingAction.CREATE : deploying;
                case REDEPLOY -> deploying;
                case ARCHIVE -> StagingAction.ARCHIVE;
                case RESTORE -> StagingAction.RESTORE;
                case CLEANUP -> StagingAction.CLEANUP;
            };
        }

        /** Returns whether a request of this kind can create a staging. */
        public boolean isCreating() {
            return this == CREATE || this == DEPLOY || this == DEPLOY_EXACTLY;
        }

        /**
         * Returns the overrides that a staging gets.
         *
         * @param current overrides that the staging has; none if it is about to be created
         * @param requested overrides of the request
         */
        public StagingOverrides overrides(StagingOverrides current, StagingOverrides requested) {
            return switch (this) {
                case CREATE, UPDATE, DEPLOY_EXACTLY, REDEPLOY -> requested;
                case MERGE, DEPLOY -> current.combinedWith(requested, Overrides::mergedWith);
                case ARCHIVE, RESTORE, CLEANUP -> current;
            };
        }
    }

    private final String id;
    private final OctopodProject project;

    @CheckForNull
    private final String name;

    @CheckForNull
    private final String branch;

    private final Kind kind;

    @CheckForNull
    private final Staging staging;

    private final StagingOverrides overrides;

    @CheckForNull
    private final OverridesVersion expectedVersion;

    @CheckForNull
    private final String commit;

    private final List<Cause> causes;

    private StagingRequest(Builder builder) {
        id = builder.id == null ? UUID.randomUUID().toString() : builder.id;
        project = builder.project;
        name = builder.name;
        branch = builder.branch;
        kind = builder.kind;
        staging = builder.staging;
        overrides = builder.overrides;
        expectedVersion = builder.expectedVersion;
        commit = builder.commit;
        causes = List.copyOf(builder.causes);
    }

    /** Returns a request without overrides. */
    public static StagingRequest of(OctopodProject project, @CheckForNull String name, Kind kind, Cause... causes) {
        return builder(project, name, kind).causes(List.of(causes)).build();
    }

    /**
     * Returns a builder of a request with a random id, for any version of the overrides, without overrides and causes.
     *
     * @param name name of the staging as given, which may be invalid; null if the caller was given none
     */
    public static Builder builder(OctopodProject project, @CheckForNull String name, Kind kind) {
        return new Builder(project, name, kind);
    }

    /** Returns a builder like {@link #builder}, of a request that refers to exactly this staging. */
    public static Builder builder(Staging staging, Kind kind) {
        Builder builder = new Builder(staging.getParent(), staging.getName(), kind);
        // A request that can create a staging refers to a name.
        builder.staging = kind.isCreating() ? null : staging;
        return builder;
    }

    /** Builder that names each value. */
    public static final class Builder {

        private final OctopodProject project;

        @CheckForNull
        private final String name;

        private final Kind kind;

        @CheckForNull
        private Staging staging;

        @CheckForNull
        private String id;

        @CheckForNull
        private String branch;

        private StagingOverrides overrides = StagingOverrides.NONE;

        @CheckForNull
        private OverridesVersion expectedVersion;

        @CheckForNull
        private String commit;

        private List<Cause> causes = List.of();

        private Builder(OctopodProject project, @CheckForNull String name, Kind kind) {
            this.project = Objects.requireNonNull(project);
            this.name = name;
            this.kind = Objects.requireNonNull(kind);
        }

        /**
         * Sets the id of the request. Even after a crash of Jenkins, the id shows whether the request was accepted.
         *
         * @param value unique, such as a random {@link UUID}
         */
        public Builder id(String value) {
            id = Objects.requireNonNull(value);
            return this;
        }

        /** Sets the branch that the name was made from; null if the name itself was given. */
        public Builder branch(@CheckForNull String value) {
            branch = value;
            return this;
        }

        public Builder overrides(StagingOverrides value) {
            overrides = Objects.requireNonNull(value);
            return this;
        }

        /** Sets application overrides, and no deployment overrides. */
        public Builder application(Overrides value) {
            return overrides(new StagingOverrides(value, Overrides.NONE));
        }

        /** Sets the version that the staging’s overrides must have (optimistic locking); null for any. */
        public Builder expectedVersion(@CheckForNull OverridesVersion value) {
            expectedVersion = value;
            return this;
        }

        /** Sets the commit that the requesting build was made from; null if it is unknown, or no build requests. */
        public Builder commit(@CheckForNull String value) {
            commit = value;
            return this;
        }

        /** Sets the causes of the run. */
        public Builder causes(List<? extends Cause> value) {
            causes = List.copyOf(value);
            return this;
        }

        /** Sets the cause of the run. */
        public Builder cause(Cause value) {
            return causes(List.of(value));
        }

        public StagingRequest build() {
            return new StagingRequest(this);
        }
    }

    /** Returns the id of the request, which is unique. */
    public String id() {
        return id;
    }

    public OctopodProject project() {
        return project;
    }

    /** Returns the name of the staging as given, which may be invalid; null if the caller was given none. */
    @CheckForNull
    public String name() {
        return name;
    }

    /** Returns the branch that the name was made from; null if the name itself was given. */
    @CheckForNull
    public String branch() {
        return branch;
    }

    /** Returns what is requested. */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the staging that the request refers to. The request is refused if that staging no longer exists, even if a
     * different one has its name. Null if the request refers to any staging with the name.
     */
    @CheckForNull
    public Staging staging() {
        return staging;
    }

    /** Returns the overrides; none if the request isn’t about configuration. */
    public StagingOverrides overrides() {
        return overrides;
    }

    /** Returns the version that the staging’s overrides must have; null for any. */
    @CheckForNull
    public OverridesVersion expectedVersion() {
        return expectedVersion;
    }

    /** Returns the commit that the requesting build was made from; null if it is unknown, or no build requests. */
    @CheckForNull
    public String commit() {
        return commit;
    }

    /** Returns the causes of the run. */
    public List<Cause> causes() {
        return causes;
    }
}
