package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Name of the requester of an action: a user, or a Pipeline run that does not act on behalf of a user. */
@ModuleInternal
public final class RequesterName {

    /** Matches the name of a build, such as “team/deploy #7”. */
    private static final Pattern BUILD = Pattern.compile(".+ #\\d+");

    private RequesterName() {}

    /** Returns whether the requester is a build. */
    public static boolean isBuild(String requester) {
        return BUILD.matcher(requester).matches();
    }

    /** Returns a user’s id, or a build’s name such as “deploy #7”; null if neither is known. */
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
