package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Name of the requester of an action: a user, or a Pipeline run that does not act on behalf of a user. */
@ModuleInternal
public final class RequesterName {

    private RequesterName() {}

    /** A user id, or a run’s name such as “deploy #7”; null if it was nobody in particular. */
    @CheckForNull
    public static String of(List<Cause> causes) {
        Authentication authentication = Jenkins.getAuthentication2();
        if (!authentication.equals(ACL.SYSTEM2) && !ACL.isAnonymous2(authentication)) {
            return authentication.getName();
        }
        return causes.stream()
                .filter(Cause.UpstreamCause.class::isInstance)
                .map(Cause.UpstreamCause.class::cast)
                .map(upstream -> upstream.getUpstreamProject() + " #" + upstream.getUpstreamBuild())
                .findFirst()
                .orElse(null);
    }
}
