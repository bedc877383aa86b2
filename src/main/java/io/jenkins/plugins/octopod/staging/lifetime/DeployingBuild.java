package io.jenkins.plugins.octopod.staging.lifetime;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.List;

/**
 * The build that requested a deployment.
 *
 * @param job full name of the job, which changes when the job is renamed or moved
 * @param number number of the build; 0 if it was stored before this was recorded
 * @param commit revision that the build was made from, as its branch source names it; null if unknown
 */
public record DeployingBuild(
        String job, int number, @CheckForNull String commit) {

    /** Returns the build among the causes of a request, without a commit; null if the request comes from no build. */
    @CheckForNull
    @ModuleInternal
    public static DeployingBuild of(List<Cause> causes) {
        return causes.stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(Cause.UpstreamCause.class::cast)
                .map(cause -> new DeployingBuild(cause.getUpstreamProject(), cause.getUpstreamBuild(), null))
                .findFirst()
                .orElse(null);
    }

    /** Returns the same build of a job that was renamed or moved. */
    DeployingBuild movedTo(String newJob) {
        return new DeployingBuild(newJob, number, commit);
    }

    DeployingBuild withCommit(@CheckForNull String newCommit) {
        return new DeployingBuild(job, number, newCommit);
    }
}
