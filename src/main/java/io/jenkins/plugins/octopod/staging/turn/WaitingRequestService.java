package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UserAuthentication;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingState;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Façade for requests that may wait. {@link StagingService} refuses a request while something else is at work on its staging;
 * here such a request is stored, and submitted when the staging is free. At most one waits for a staging. Thread-safe.
 */
public final class WaitingRequestService {

    private WaitingRequestService() {}

    /** As {@link #submitOrWait(StagingRequest, String, OverridesVersion)}, with an id of its own, whatever overrides the staging has. */
    public static SubmittedRequest submitOrWait(StagingRequest request) throws RefusalException, InterruptedException {
        return submitOrWait(request, UUID.randomUUID().toString(), null);
    }

    /**
     * Submits a request. If another action is pending on the staging, the request waits for its turn instead, and replaces
     * one that waits already and that the same user has made.
     *
     * @param requestId unique; the request keeps it when it is accepted
     * @param expectedVersion version of the overrides that the staging must have when the request is submitted; null for any
     * @throws RefusalException if it is refused for another reason, or another user’s request waits already
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static SubmittedRequest submitOrWait(
            StagingRequest request, String requestId, @CheckForNull OverridesVersion expectedVersion)
            throws RefusalException, InterruptedException {
        try {
            return SubmittedRequest.of(StagingService.submit(request, requestId, expectedVersion));
        } catch (StagingBusyException e) {
            if (!e.isWorthWaiting()) {
                throw e;
            }
            return store(request, requestId, expectedVersion, e);
        }
    }

    private static SubmittedRequest store(
            StagingRequest request,
            String requestId,
            @CheckForNull OverridesVersion expectedVersion,
            StagingBusyException busy)
            throws RefusalException {
        Staging staging = busy.staging();
        // What is at work may have changed them: that is better told now than when the request’s turn comes.
        OverridesVersion.require(expectedVersion, staging);
        String user = UserAuthentication.currentUserId();
        WaitingRequest waiting = new WaitingRequest(
                requestId,
                request.kind().name(),
                request.application(),
                request.deployment(),
                expectedVersion == null ? null : expectedVersion.version(),
                request.causes(),
                user,
                StagingClock.now());
        try {
            staging.waitingRequests().<RefusalException>change(current -> {
                WaitingRequest other = current.request();
                if (other != null && !Objects.equals(other.user(), user)) {
                    throw new RefusalException(
                            Reason.NOT_NOW,
                            Messages.WaitingRequestService_taken(
                                    staging.getName(), BusyMessage.doing(busy.action()), userName(other.user())));
                }
                return current.with(waiting);
            });
        } catch (IOException e) {
            throw new RefusalException(Reason.UNAVAILABLE, Messages.WaitingRequestService_notStored(e.getMessage()), e);
        }
        StagingListener.fireChanged(staging);
        // It may have become free before the request was stored.
        WaitingRequestSubmitter.get().submitLater(staging);
        String sentence = Messages.WaitingRequestService_waits(staging.getName(), BusyMessage.doing(busy.action()));
        return new SubmittedRequest(staging, action(request.kind()), requestId, sentence);
    }

    /** The action that a kind of request comes to when the staging is there. */
    public static StagingAction action(Kind kind) {
        return switch (kind) {
            case CREATE -> StagingAction.CREATE;
            case UPDATE, MERGE, DEPLOY, DEPLOY_EXACTLY -> StagingAction.UPDATE;
            case ARCHIVE -> StagingAction.ARCHIVE;
            case RESTORE -> StagingAction.RESTORE;
            case CLEANUP -> StagingAction.CLEANUP;
        };
    }

    /** The request that waits for the staging; null if none does. */
    @CheckForNull
    public static WaitingRequest find(Staging staging) {
        return staging.waitingRequests().current().request();
    }

    /**
     * Whether that request waits for its turn, or is about to be submitted because the staging that it waited for is gone.
     *
     * @param name of the staging, which may be gone
     */
    public static boolean isWaiting(OctopodProject project, String name, String requestId) {
        return project.childOrNull(name) instanceof Staging staging
                        && staging.waitingRequests().current().isWaiting(requestId)
                || WaitingRequestSubmitter.get().isSubmittedAfterDeletion(requestId);
    }

    /**
     * The refusal of a request that waited; null if it wasn’t refused. A refusal that the staging’s file doesn’t have any more is
     * remembered for 24 hours, but not over a restart.
     *
     * @param name of the staging, which may be gone
     */
    @CheckForNull
    public static RefusedRequest refusal(OctopodProject project, String name, String requestId) {
        RefusedRequest refused = project.childOrNull(name) instanceof Staging staging
                ? staging.waitingRequests().current().refused()
                : null;
        return refused != null && refused.requestId().equals(requestId)
                ? refused
                : WaitingRequestSubmitter.get().refusal(requestId);
    }

    /** The request that waited and was refused; null if none was since a request was accepted. */
    @CheckForNull
    public static RefusedRequest refusal(Staging staging) {
        return staging.waitingRequests().current().refused();
    }

    /** The id of the request that waits for the staging, if it is such an id; null otherwise. */
    @CheckForNull
    public static String requestId(Staging staging, Predicate<String> which) {
        WaitingRequest waiting = find(staging);
        return waiting != null && which.test(waiting.requestId()) ? waiting.requestId() : null;
    }

    /** Whether the current user may call off that request: who has made it may, and who may cancel runs. */
    public static boolean isCancellable(Staging staging, WaitingRequest waiting) {
        return staging.hasPermission(Item.CANCEL) || isOwn(staging, waiting);
    }

    private static boolean isOwn(Staging staging, WaitingRequest waiting) {
        String user = waiting.user();
        return user != null && user.equals(UserAuthentication.currentUserId()) && staging.hasPermission(Item.READ);
    }

    /**
     * Calls off a request that waits for a staging.
     *
     * @param requestId null for whichever waits
     * @return whether there was such a request
     * @throws RefusalException if that can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static boolean cancel(Staging staging, @CheckForNull String requestId) throws RefusalException {
        WaitingRequest waiting = find(staging);
        if (waiting == null || requestId != null && !waiting.requestId().equals(requestId)) {
            return false;
        }
        if (!isOwn(staging, waiting)) {
            staging.checkPermission(Item.CANCEL);
        }
        try {
            WaitingState before = staging.waitingRequests().current();
            WaitingState after = staging.waitingRequests().change(current -> current.without(waiting.requestId()));
            if (before == after) {
                return false;
            }
        } catch (IOException e) {
            throw new RefusalException(Reason.UNAVAILABLE, Messages.WaitingRequestService_notStored(e.getMessage()), e);
        }
        StagingListener.fireChanged(staging);
        return true;
    }

    /** As people call the user. */
    public static String userName(@CheckForNull String id) {
        User user = id == null ? null : User.getById(id, false);
        if (user != null) {
            return user.getDisplayName();
        }
        return id == null ? Messages.WaitingRequestService_jenkins() : id;
    }
}
