package io.jenkins.plugins.octopod.dashboard.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.StagingsTableModel;
import io.jenkins.plugins.octopod.dashboard.web.RefusalResponse;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Operations behind the buttons of a staging’s page. {@link StagingService} checks permissions for all callers.
 *
 * <p>Responses wait for {@code config_check}, because they show its result. Pages with scripts use
 * {@link StagingsTableModel} instead.
 */
public class StagingOperations extends UnlistedPage {

    static final String URL = "operations";

    private final Staging staging;

    /** Operation that was refused; null normally. */
    @CheckForNull
    private final String refusedOperation;

    StagingOperations(Staging staging) {
        this(staging, null);
    }

    private StagingOperations(Staging staging, @CheckForNull String refusedOperation) {
        super(Messages._StagingOperations_displayName(), URL);
        this.staging = staging;
        this.refusedOperation = refusedOperation;
    }

    public Staging getStaging() {
        return staging;
    }

    /** Returns the URL, below this action, to which the refused operation can be submitted again. */
    @CheckForNull
    public String getRefusedOperation() {
        return refusedOperation;
    }

    /** Opens the dialog for an update on the staging’s page. */
    public HttpResponse doUpdate() {
        return HttpResponses.redirectViaContextPath(staging.getUrl() + "?update");
    }

    /** Deploys again with the staging’s current overrides. */
    @RequirePOST
    public HttpResponse doRedeploy(@QueryParameter boolean afterThat) throws InterruptedException {
        return submit(Kind.MERGE, "redeploy", afterThat, staging.getUrl());
    }

    @RequirePOST
    public HttpResponse doArchive(@QueryParameter boolean afterThat) throws InterruptedException {
        return submit(Kind.ARCHIVE, "archive", afterThat, staging.getUrl());
    }

    /**
     * Restores the staging.
     *
     * @param open name of the link to open when the staging runs, empty for the first link; absent to return to the
     *     staging’s page
     */
    @RequirePOST
    public HttpResponse doRestore(@QueryParameter boolean afterThat, @CheckForNull @QueryParameter String open)
            throws InterruptedException {
        if (open == null) {
            return submit(Kind.RESTORE, "restore", afterThat, staging.getUrl());
        }
        staging.checkPermission(Item.BUILD);
        String next = OpenUrl.ofPage(staging, open);
        // A different user may have restored it in the meantime.
        boolean archived = staging.getStatus().isArchived() && !staging.isBusy();
        return archived ? submit(Kind.RESTORE, "restore", afterThat, next) : HttpResponses.redirectViaContextPath(next);
    }

    /**
     * Cleans up the staging.
     *
     * @param confirm text that the user typed as confirmation; absent if no form has asked for it
     * @param afterThat whether to run it after the current action on the staging, instead of refusing it
     */
    @RequirePOST
    public HttpResponse doCleanup(@CheckForNull @QueryParameter String confirm, @QueryParameter boolean afterThat)
            throws InterruptedException {
        if (confirm != null) {
            staging.checkPermission(Item.DELETE);
            try {
                CleanupConfirmation.require(List.of(staging.getFullName()), confirm);
            } catch (RefusalException e) {
                return refused(e);
            }
        }
        return submit(Kind.CLEANUP, "cleanup", afterThat, staging.getParent().getUrl());
    }

    @RequirePOST
    public HttpResponse doForget() throws InterruptedException {
        try {
            StagingService.forget(staging);
            return toProject();
        } catch (RefusalException e) {
            return refused(e);
        }
    }

    /** Aborts the current action, whether it runs or still waits in the queue. */
    @RequirePOST
    public HttpResponse doAbort() {
        StagingService.abort(staging);
        return toStaging();
    }

    /** Confirms, on behalf of the user, that a script has ended whose state Jenkins can’t determine. */
    @RequirePOST
    public HttpResponse doConfirmEnded() {
        try {
            StagingService.confirmEnded(staging);
            return toStaging();
        } catch (RefusalException e) {
            return refused(e);
        }
    }

    /** Cancels the request that waits until the staging is free. */
    @RequirePOST
    public HttpResponse doCallOff() {
        try {
            WaitingRequestService.cancel(staging, null);
            return toStaging();
        } catch (RefusalException e) {
            return refused(e);
        }
    }

    public HttpResponse doIndex() {
        return toStaging();
    }

    /**
     * Submits a request.
     *
     * @param afterThat whether to run it after the current action on the staging, instead of refusing it
     * @param next URL of the page to show if the request is accepted, relative to Jenkins’ root; the staging’s page is
     *     shown if the request waits
     */
    private HttpResponse submit(Kind kind, String operation, boolean afterThat, String next)
            throws InterruptedException {
        StagingRequest request = StagingRequest.builder(staging, kind)
                .cause(new Cause.UserIdCause())
                .build();
        try {
            boolean waiting =
                    WaitingRequestService.submit(request, IfBusy.of(afterThat)).isWaiting();
            return waiting ? toStaging() : HttpResponses.redirectViaContextPath(next);
        } catch (RefusalException e) {
            return new StagingOperations(staging, operation).refused(e);
        }
    }

    private HttpResponse refused(RefusalException e) {
        RefusalView refusalView = RefusalView.of(e);
        return new RefusalResponse(refusalView.statusCode(), this, "refusal.jelly", "refusal", refusalView);
    }

    private HttpResponse toStaging() {
        return HttpResponses.redirectViaContextPath(staging.getUrl());
    }

    private HttpResponse toProject() {
        return HttpResponses.redirectViaContextPath(staging.getParent().getUrl());
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, StagingOperations.class, StagingOperations::new);
        }
    }
}
