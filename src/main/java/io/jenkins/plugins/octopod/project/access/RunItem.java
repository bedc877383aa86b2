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
 * Queue item like that of a run, which never enters the queue. It determines the agents to which Jenkins’ queue would
 * assign the run if they had a free executor. The label, the permission Agent/Build of the run’s authentication, node
 * properties, and dispatchers of other plugins count.
 */
@Restricted(NoExternalUse.class)
public final class RunItem {

    private static final Logger LOGGER = Logger.getLogger(RunItem.class.getName());

    private final Queue.BuildableItem item;
    private final boolean requesterKnown;

    /**
     * Creates the item.
     *
     * @param task job of the run
     * @param causes causes of the run; null if the requester is unknown
     */
    public RunItem(@NonNull Queue.Task task, @CheckForNull List<Cause> causes) {
        List<Action> actions = causes == null || causes.isEmpty() ? List.of() : List.of(new CauseAction(causes));
        item = new Queue.BuildableItem(new Queue.WaitingItem(new GregorianCalendar(), task, actions));
        requesterKnown = causes != null;
    }

    /**
     * Returns the authentication of the run. If the requester is unknown, and the configured authenticators don’t
     * determine it, an anonymous user is assumed. Might call the security realm.
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
     * Returns whether the agent would accept the run, regardless of its current load. Might call the security realm for
     * a user. False if a plugin that takes part in the decision fails.
     *
     * @param label label of the project; null if it has none
     */
    public boolean isTakenBy(@NonNull Node node, @CheckForNull Label label) {
        try {
            return isNamed(node, label)
                    // If the requester is known, canTake checks this permission.
                    && (requesterKnown || node.hasPermission2(authentication(), Computer.BUILD))
                    && node.canTake(item) == null
                    && QueueTaskDispatcher.all().stream()
                            .allMatch(dispatcher -> dispatcher.canTake(node, item) == null);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "It is not known whether " + node.getNodeName() + " takes a run");
            return false;
        }
    }

    /**
     * Returns whether the label allows the node. The built-in node is the controller, so one of its own labels must
     * occur in the expression. {@code !windows} does not contain one.
     */
    private static boolean isNamed(Node node, @CheckForNull Label label) {
        return !(node instanceof Jenkins)
                || label != null && label.listAtoms().stream().anyMatch(node.getAssignedLabels()::contains);
    }
}
