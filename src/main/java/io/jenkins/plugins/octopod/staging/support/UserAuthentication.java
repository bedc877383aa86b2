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

/** Converts the user that a request acts as to an id that can be stored, and back to an authentication. */
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
     * Returns the authentication of a user with the user’s current permissions.
     *
     * @param userId id of the user; null for Jenkins itself
     * @throws RefusalException if the user is unknown
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
