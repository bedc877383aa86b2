package io.jenkins.plugins.octopod.staging.turn;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.BusyMessage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.request.OverridesConflictException;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UserAuthentication;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingState;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Façade for requests that may wait. {@link StagingService} refuses a request while another action is pending on its
 * staging. This façade stores the request instead, and submits it when the staging is free. At most one request waits
 * for a staging. Thread-safe.
 */
public final class WaitingRequestService {

    private WaitingRequestService() {}

    /**
     * Submits a request. If another action is pending on the staging and the caller wants to wait, the request waits
     * instead, and replaces a waiting request of the same user. The staging’s overrides must have the version that the
     * request expects, now and when the request is submitted after it has waited.
     *
     * @throws RefusalException if it is refused, also because a different user’s request waits already
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static SubmittedRequest submit(StagingRequest request, IfBusy ifBusy)
            throws RefusalException, InterruptedException {
        try {
            return SubmittedRequest.of(StagingService.submit(request));
        } catch (StagingBusyException e) {
            if (ifBusy == IfBusy.REFUSE || !e.isWorthWaiting()) {
                throw e;
            }
            return store(request, e);
        }
    }

    private static SubmittedRequest store(StagingRequest request, StagingBusyException busy) throws RefusalException {
        Staging staging = busy.staging();
        // The pending action may have changed the overrides. A refusal now is better than one when the request is
        // submitted.
        OverridesConflictException.requireVersion(request.expectedVersion(), staging);
        String user = UserAuthentication.currentUserId();
        WaitingRequest waiting = WaitingRequest.builder(request.id(), StagingClock.now())
                .kind(request.kind().name())
                .overrides(request.overrides())
                .expectedVersion(version(request.expectedVersion()))
                .causes(request.causes())
                .user(user)
                .build();
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
        // The staging may have become free before the request was stored.
        WaitingRequestSubmitter.get().submitLater(staging);
        String sentence = Messages.WaitingRequestService_waits(staging.getName(), BusyMessage.doing(busy.action()));
        return new SubmittedRequest(staging, action(request.kind()), request.id(), sentence);
    }

    @CheckForNull
    private static String version(@CheckForNull OverridesVersion overridesVersion) {
        return overridesVersion == null ? null : overridesVersion.version();
    }

    /** Returns the action that a kind of request results in if the staging is in use. */
    public static StagingAction action(Kind kind) {
        return kind.action(Status.Running);
    }

    /** Returns the request that waits for the staging; null if there is none. */
    @CheckForNull
    public static WaitingRequest find(Staging staging) {
        return staging.waitingRequests().current().request();
    }

    /**
     * Returns whether a request waits, or is about to be submitted because the staging that it waited for was deleted.
     *
     * @param name name of the staging, which may no longer exist
     */
    public static boolean isWaiting(OctopodProject project, String name, String requestId) {
        return project.childOrNull(name) instanceof Staging staging
                        && staging.waitingRequests().current().isWaiting(requestId)
                || WaitingRequestSubmitter.get().isSubmittedAfterDeletion(requestId);
    }

    /**
     * Returns the refusal of a request that waited; null if it wasn’t refused. A refusal that the staging’s file no
     * longer contains is remembered for 24 hours at most, and not across a restart.
     *
     * @param name name of the staging, which may no longer exist
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

    /** Returns the waiting request that was refused last; null if there is none, or a request was accepted since. */
    @CheckForNull
    public static RefusedRequest refusal(Staging staging) {
        return staging.waitingRequests().current().refused();
    }

    /** Returns the id of the request that waits for the staging, if the id matches; otherwise null. */
    @CheckForNull
    public static String requestId(Staging staging, Predicate<String> which) {
        WaitingRequest waiting = find(staging);
        return waiting != null && which.test(waiting.requestId()) ? waiting.requestId() : null;
    }

    /**
     * Returns whether the current user may cancel a waiting request. Its own user may, and so may users who may cancel
     * runs.
     */
    public static boolean isCancellable(Staging staging, WaitingRequest waiting) {
        return staging.hasPermission(Item.CANCEL) || isOwn(staging, waiting);
    }

    private static boolean isOwn(Staging staging, WaitingRequest waiting) {
        String user = waiting.user();
        return user != null && user.equals(UserAuthentication.currentUserId()) && staging.hasPermission(Item.READ);
    }

    /**
     * Cancels a request that waits for a staging.
     *
     * @param requestId id of the request; null for any
     * @return whether a request was cancelled
     * @throws RefusalException if that can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
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

    /** Returns the display name of a user. */
    public static String userName(@CheckForNull String id) {
        User user = id == null ? null : User.getById(id, false);
        if (user != null) {
            return user.getDisplayName();
        }
        return id == null ? Messages.WaitingRequestService_jenkins() : id;
    }
}
