package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.security.AccessControlled;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;

/** Decides which form of a {@link RestrictedMessage} the current user may read. */
public final class MessageDisclosure {

    private MessageDisclosure() {}

    /**
     * Returns whether the current user may read addresses, namespaces and ids of credentials, which requires Extended
     * Read or Configure.
     */
    public static boolean isDetailPermitted(@NonNull AccessControlled project) {
        return project.hasPermission(Item.EXTENDED_READ);
    }

    /**
     * Returns the form for the current user.
     *
     * @param project project that the message is about; not a staging, whose settings are fixed
     * @param message message; {@code null} for none
     * @return {@code null} if there is no message
     */
    @CheckForNull
    public static String textOf(@NonNull AccessControlled project, @CheckForNull RestrictedMessage message) {
        return message == null ? null : message.text(isDetailPermitted(project));
    }

    /**
     * Returns a refusal with the form for the current user. Its summary is for all other readers.
     *
     * @param project project that the message is about
     * @param cause cause of the refusal; {@code null} for none
     */
    @NonNull
    public static RefusalException refusal(
            @NonNull Reason reason,
            @NonNull AccessControlled project,
            @NonNull RestrictedMessage message,
            @CheckForNull Throwable cause) {
        return new RefusalException(reason, textOf(project, message), message.summary(), cause);
    }
}
