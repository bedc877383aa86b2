package io.jenkins.plugins.octopod.staging.checks;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;

/**
 * Refusal of a request because the scripts can’t be used. It is thrown on a background thread, and converted for the
 * user by {@link #forCurrentUser}.
 */
@ModuleInternal
public final class ScriptRefusal extends RefusalException {

    private static final long serialVersionUID = 1L;

    private final RestrictedMessage restrictedMessage;

    public ScriptRefusal(ScriptFailureException cause) {
        super(Reason.UNAVAILABLE, cause.getMessage(), cause);
        this.restrictedMessage = cause.restrictedMessage();
    }

    /** Returns the refusal for the current user. */
    public RefusalException forCurrentUser(OctopodProject project) {
        return MessageDisclosure.refusal(Reason.UNAVAILABLE, project, restrictedMessage, getCause());
    }
}
