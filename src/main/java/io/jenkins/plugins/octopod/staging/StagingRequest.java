package io.jenkins.plugins.octopod.staging;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.util.List;
import java.util.Objects;

/**
 * What somebody wants of a staging; who is the thread’s authentication. Immutable.
 *
 * @param project where the staging is, or is to be
 * @param name of the staging, as given
 * @param branch what the name was made from; null if it was given itself
 * @param kind what is wanted
 * @param application overrides; those that aren’t about configuration have none
 * @param deployment overrides
 * @param causes why, for the run
 */
public record StagingRequest(
        OctopodProject project,
        String name,
        String branch,
        Kind kind,
        Overrides application,
        Overrides deployment,
        List<Cause> causes) {

    /** What can be wanted. */
    public enum Kind {
        CREATE,
        /** With exactly these overrides. */
        UPDATE,
        /** With these overrides over those that it has. */
        MERGE,
        /** As {@link #MERGE}, whether the staging is there, archived or not there yet. */
        DEPLOY,
        /** As {@link #DEPLOY}, with exactly these overrides. */
        DEPLOY_EXACTLY,
        ARCHIVE,
        RESTORE,
        CLEANUP
    }

    public StagingRequest {
        Objects.requireNonNull(project);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(application);
        Objects.requireNonNull(deployment);
        causes = List.copyOf(causes);
    }

    /** One that says nothing about configuration. */
    public static StagingRequest of(OctopodProject project, String name, Kind kind, Cause... causes) {
        return new StagingRequest(project, name, null, kind, Overrides.NONE, Overrides.NONE, List.of(causes));
    }
}
