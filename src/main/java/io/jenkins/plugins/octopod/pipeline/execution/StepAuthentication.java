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

    /** Null for Jenkins itself. */
    @CheckForNull
    private final String userId;

    /** Never stored, because it can contain anything, credentials too; null after a restart. */
    @CheckForNull
    private final Authentication authentication;

    private StepAuthentication(@CheckForNull String userId, @CheckForNull Authentication authentication) {
        this.userId = userId;
        this.authentication = authentication;
    }

    /** Returns the authentication of a step that is read back: of the user with this id; null for Jenkins itself. */
    public static StepAuthentication of(@CheckForNull String userId) {
        return new StepAuthentication(userId, null);
    }

    /** Returns the id of the user; null for Jenkins itself. */
    @CheckForNull
    public String userId() {
        return userId;
    }

    /** Of this thread. */
    public static StepAuthentication current() {
        return new StepAuthentication(UserAuthentication.currentUserId(), Jenkins.getAuthentication2());
    }

    /** Makes this thread act as the Pipeline does, until the context is closed. */
    public ACLContext impersonate() throws RefusalException {
        return ACL.as2(authentication == null ? UserAuthentication.of(userId) : authentication);
    }
}
