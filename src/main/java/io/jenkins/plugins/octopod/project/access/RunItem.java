package io.jenkins.plugins.octopod.project.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.security.ACL;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.QueueItemAuthenticatorProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * A queue item like that of a run, which never enters the queue. It tells to which agents Jenkins’ queue would give that run if
 * they had a free executor. The label, the permission Agent/Build of the user that the run acts as, node properties, and
 * dispatchers of other plugins count.
 */
@Restricted(NoExternalUse.class)
public final class RunItem {

    private static final Logger LOGGER = Logger.getLogger(RunItem.class.getName());

    private final Queue.BuildableItem item;
    private final boolean requesterKnown;

    /**
     * @param task job of the run
     * @param causes of the run; null if it is not known who would request it
     */
    public RunItem(@NonNull Queue.Task task, @CheckForNull List<Cause> causes) {
        List<Action> actions = causes == null || causes.isEmpty() ? List.of() : List.of(new CauseAction(causes));
        item = new Queue.BuildableItem(new Queue.WaitingItem(new GregorianCalendar(), task, actions));
        requesterKnown = causes != null;
    }

    /**
     * Returns the authentication of the run. If it is not known who would request the run, and what an administrator has
     * configured does not decide without that, the run is taken for one of an anonymous user. May ask the security realm.
     */
    @NonNull
    public Authentication authentication() {
        for (QueueItemAuthenticator authenticator : QueueItemAuthenticatorProvider.authenticators()) {
            Authentication decided = authenticator.authenticate2(item);
            if (decided != null) {
                return decided;
            }
        }
        boolean configured =
                !QueueItemAuthenticatorConfiguration.get().getAuthenticators().isEmpty();
        return configured && !requesterKnown ? Jenkins.ANONYMOUS2 : ACL.SYSTEM2;
    }

    /**
     * Whether the agent would take the run, whatever it is doing now. May ask the security realm for a user. False if another plugin
     * that decides about it fails.
     *
     * @param label of the project; null if it has none
     */
    public boolean isTakenBy(@NonNull Node node, @CheckForNull Label label) {
        try {
            return isNamed(node, label)
                    // If the requester is known, canTake asks that.
                    && (requesterKnown || node.hasPermission2(authentication(), Computer.BUILD))
                    && node.canTake(item) == null
                    && QueueTaskDispatcher.all().stream()
                            .allMatch(dispatcher -> dispatcher.canTake(node, item) == null);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "It is not known whether " + node.getNodeName() + " takes a run");
            return false;
        }
    }

    /** The built-in node is the controller: it has to be named by one of its own labels. {@code !windows} does not name it. */
    private static boolean isNamed(Node node, @CheckForNull Label label) {
        return !(node instanceof Jenkins)
                || label != null && label.listAtoms().stream().anyMatch(node.getAssignedLabels()::contains);
    }
}
