package io.jenkins.plugins.octopod.pipeline.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.support.UserAuthentication;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Authentication that a Pipeline’s steps use for their requests. Steps make requests on other threads, and possibly
 * after a restart.
 */
@ModuleInternal
public final class StepAuthentication {

    /** Id of the user; null for Jenkins itself. */
    @CheckForNull
    private final String userId;

    /**
     * Authentication of the original thread; null after a restart. It is never stored, because it can contain anything,
     * including credentials.
     */
    @CheckForNull
    private final Authentication authentication;

    private StepAuthentication(@CheckForNull String userId, @CheckForNull Authentication authentication) {
        this.userId = userId;
        this.authentication = authentication;
    }

    /**
     * Returns the authentication of a restored step.
     *
     * @param userId id of the user; null for Jenkins itself
     */
    public static StepAuthentication of(@CheckForNull String userId) {
        return new StepAuthentication(userId, null);
    }

    /** Returns the id of the user; null for Jenkins itself. */
    @CheckForNull
    public String userId() {
        return userId;
    }

    /** Returns the authentication of the current thread. */
    public static StepAuthentication current() {
        return new StepAuthentication(UserAuthentication.currentUserId(), Jenkins.getAuthentication2());
    }

    /** Makes the current thread act as the Pipeline until the context is closed. */
    public ACLContext impersonate() throws RefusalException {
        return ACL.as2(authentication == null ? UserAuthentication.of(userId) : authentication);
    }
}
