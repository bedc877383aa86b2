package io.jenkins.plugins.octopod.staging;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.util.List;
import java.util.Objects;

/**
 * A request to do something with a staging. The requester is the thread’s authentication. Immutable.
 *
 * @param project project of the staging
 * @param name name of the staging as given
 * @param branch branch that the name was made from; null if the name itself was given
 * @param kind what is requested
 * @param application application overrides; empty if the request isn’t about configuration
 * @param deployment deployment overrides; empty if the request isn’t about configuration
 * @param causes causes of the run
 */
public record StagingRequest(
        OctopodProject project,
        String name,
        String branch,
        Kind kind,
        Overrides application,
        Overrides deployment,
        List<Cause> causes) {

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
        ARCHIVE,
        RESTORE,
        CLEANUP;

        /**
         * Returns the overrides that a staging gets.
         *
         * @param current overrides that the staging has; none if it is about to be created
         * @param requested overrides of the request
         */
        public Overrides overrides(Overrides current, Overrides requested) {
            return switch (this) {
                case CREATE, UPDATE, DEPLOY_EXACTLY -> requested;
                case MERGE, DEPLOY -> current.mergedWith(requested);
                case ARCHIVE, RESTORE, CLEANUP -> current;
            };
        }
    }

    public StagingRequest {
        Objects.requireNonNull(project);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(application);
        Objects.requireNonNull(deployment);
        causes = List.copyOf(causes);
    }

    /** Returns a request without overrides. */
    public static StagingRequest of(OctopodProject project, String name, Kind kind, Cause... causes) {
        return new StagingRequest(project, name, null, kind, Overrides.NONE, Overrides.NONE, List.of(causes));
    }
}
