package io.jenkins.plugins.octopod.staging.request;

import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * Limits what a build may do that acts for no user: only what the project allows its job. Its authentication alone
 * would allow it everything in all projects.
 */
@Restricted(NoExternalUse.class)
public final class BuildAccess {

    private BuildAccess() {}

    /**
     * Returns whether a build may know that a project exists, apart from permissions.
     *
     * @param job job of the build that this thread acts for
     */
    public static boolean isAllowed(OctopodProject project, Item job) {
        return !actsForNoUser() || letsUse(project, job.getFullName());
    }

    /**
     * Returns whether the project lets the builds of a job, or of some job in a folder, use it if they act for no user.
     */
    public static boolean letsUse(OctopodProject project, Item jobOrFolder) {
        return jobOrFolder instanceof ItemGroup
                ? project.getPipelineAccess()
                        .allowsSomeJobIn(
                                jobOrFolder.getFullName(), project.getParent().getFullName())
                : letsUse(project, jobOrFolder.getFullName());
    }

    private static boolean letsUse(OctopodProject project, String job) {
        return project.getPipelineAccess().allowsJob(job, project.getParent().getFullName());
    }

    /** Returns the refusal for a project that doesn’t exist, or that the build may not use. */
    public static RefusalException unknownProject(String path) {
        return new RefusalException(Reason.UNKNOWN, Messages.BuildAccess_unknownProject(path));
    }

    /**
     * Checks a request of a build that acts for no user; does nothing for other requests.
     *
     * @throws RefusalException if the project does not let the job use it
     * @throws AccessDeniedException if the project does not let builds clean up
     */
    static void require(StagingRequest request) throws RefusalException {
        OctopodProject project = request.project();
        for (Cause.UpstreamCause build : builds(request)) {
            if (!letsUse(project, build.getUpstreamProject())) {
                throw unknownProject(project.getFullName());
            }
            if (request.kind() == Kind.CLEANUP && !project.getPipelineAccess().isCleanup()) {
                throw new AccessDeniedException(Messages.BuildAccess_noCleanup(project.getFullName()));
            }
        }
    }

    /**
     * Returns whether the request comes from Jenkins itself, or from a build that acts for no user, so that no
     * permission limits it.
     */
    static boolean isForNoUser(StagingRequest request) {
        return Jenkins.getAuthentication2().equals(ACL.SYSTEM2)
                || !builds(request).isEmpty();
    }

    /** Returns the builds that the request comes from, if they act for no user. */
    private static List<Cause.UpstreamCause> builds(StagingRequest request) {
        return !actsForNoUser()
                ? List.of()
                : request.causes().stream()
                        .filter(Cause.UpstreamCause.class::isInstance)
                        .map(Cause.UpstreamCause.class::cast)
                        .toList();
    }

    /**
     * Returns whether this thread acts for no user. A Pipeline stores a user by the id, so the anonymous user can come
     * back as a user with that name.
     */
    private static boolean actsForNoUser() {
        Authentication authentication = Jenkins.getAuthentication2();
        return authentication.equals(ACL.SYSTEM2)
                || ACL.isAnonymous2(authentication)
                || authentication.getName().equals(Jenkins.ANONYMOUS2.getName());
    }
}
