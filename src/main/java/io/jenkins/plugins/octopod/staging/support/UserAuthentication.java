package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Stores whom a request acts as, by the id of the user, and finds the authentication again later. */
@Restricted(NoExternalUse.class)
public final class UserAuthentication {

    private UserAuthentication() {}

    /** Returns the id of the user of this thread; null for Jenkins itself. */
    @CheckForNull
    public static String currentUserId() {
        Authentication current = Jenkins.getAuthentication2();
        return current.equals(ACL.SYSTEM2) ? null : current.getName();
    }

    /**
     * Returns the authentication of a user with the permissions that the user has now.
     *
     * @param userId null for Jenkins itself
     * @throws RefusalException if the user isn’t known any more
     */
    public static Authentication of(@CheckForNull String userId) throws RefusalException {
        if (userId == null) {
            return ACL.SYSTEM2;
        }
        if (userId.equals(Jenkins.ANONYMOUS2.getName())) {
            return Jenkins.ANONYMOUS2;
        }
        try {
            return User.getById(userId, true).impersonate2();
        } catch (UsernameNotFoundException e) {
            throw new RefusalException(Reason.UNKNOWN, Messages.UserAuthentication_unknown(userId), e);
        }
    }
}
