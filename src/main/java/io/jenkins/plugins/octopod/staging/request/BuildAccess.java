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
 * What a build may do if it acts for no user, which is what the project lets its job do. By its authentication alone it could
 * do everything in all projects.
 */
@Restricted(NoExternalUse.class)
public final class BuildAccess {

    private BuildAccess() {}

    /**
     * Whether a project exists for a build, as far as that does not depend on permissions.
     *
     * @param job the job of the build that this thread acts for
     */
    public static boolean isAllowed(OctopodProject project, Item job) {
        return !actsForNoUser() || letsUse(project, job.getFullName());
    }

    /** Whether the project lets the builds of a job, or of some job in a folder, use it if they act for no user. */
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

    /** Returns the refusal of a project that is not there, or that the build may not use. */
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

    /** Whether the request is Jenkins’ own, or that of a build which acts for no user: then no permission limits it. */
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

    /** A Pipeline stores a user by the id, so an anonymous user can come back as a user who is called so. */
    private static boolean actsForNoUser() {
        Authentication authentication = Jenkins.getAuthentication2();
        return authentication.equals(ACL.SYSTEM2)
                || ACL.isAnonymous2(authentication)
                || authentication.getName().equals(Jenkins.ANONYMOUS2.getName());
    }
}
