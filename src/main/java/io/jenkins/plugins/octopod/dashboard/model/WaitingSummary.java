package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.support.RelativeTime;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;

/** View model of the request that waits until a staging is free. It reads no file. */
public final class WaitingSummary {

    private final Staging staging;
    private final WaitingRequest request;

    private WaitingSummary(Staging staging, WaitingRequest request) {
        this.staging = staging;
        this.request = request;
    }

    /** Returns the model; null if no request waits. */
    @CheckForNull
    public static WaitingSummary of(Staging staging) {
        WaitingRequest request = WaitingRequestService.find(staging);
        return request == null ? null : new WaitingSummary(staging, request);
    }

    /** Returns a sentence about the request that waits until the staging is free; null if no request waits. */
    @CheckForNull
    public static String sentence(Staging staging) {
        WaitingSummary waiting = of(staging);
        return waiting == null ? null : waiting.getSentence();
    }

    /**
     * Returns a sentence about a waiting request that was refused when its turn came; null if there was none since the
     * last accepted request.
     */
    @CheckForNull
    public static String refusal(Staging staging) {
        RefusedRequest refused = WaitingRequestService.refusal(staging);
        return refused == null
                ? null
                : Messages.WaitingSummary_refused(WaitingRequestService.userName(refused.user()), refused.sentence());
    }

    /** Returns a sentence with the action and the requester. */
    public String getSentence() {
        return Messages.WaitingSummary_waits(
                ActionLabels.name(WaitingRequestService.action(Kind.valueOf(request.kind()))),
                WaitingRequestService.userName(request.user()));
    }

    /** Returns when the request began to wait. */
    public RelativeTime getSince() {
        return new RelativeTime(request.since());
    }

    /** Returns whether the current user can cancel the request. */
    public boolean isCancellable() {
        return WaitingRequestService.isCancellable(staging, request);
    }
}
