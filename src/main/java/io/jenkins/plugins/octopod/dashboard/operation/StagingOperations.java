package io.jenkins.plugins.octopod.dashboard.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.dashboard.StagingsTableModel;
import io.jenkins.plugins.octopod.dashboard.web.RefusalResponse;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What the buttons of a staging’s page do. Permissions are checked where they are for everybody, in {@link StagingService}.
 *
 * <p>Answers wait for {@code config_check}, as what that says is shown at once; pages that are kept up to date by scripts don’t
 * come here but to {@link StagingsTableModel}.
 */
public class StagingOperations implements Action {

    static final String URL = "operations";

    private final Staging staging;

    /** The operation that is refused; null in general. */
    @CheckForNull
    private final String refusedOperation;

    StagingOperations(Staging staging) {
        this(staging, null);
    }

    private StagingOperations(Staging staging, @CheckForNull String refusedOperation) {
        this.staging = staging;
        this.refusedOperation = refusedOperation;
    }

    public Staging getStaging() {
        return staging;
    }

    /** Where the refused operation can be submitted once more, below this. */
    @CheckForNull
    public String getRefusedOperation() {
        return refusedOperation;
    }

    /** The dialog for an update opens on the staging’s page. */
    public HttpResponse doUpdate() {
        return HttpResponses.redirectViaContextPath(staging.getUrl() + "?update");
    }

    /** With the overrides that it has. */
    @RequirePOST
    public HttpResponse doRedeploy(@QueryParameter boolean afterThat) throws InterruptedException {
        return submit(Kind.MERGE, "redeploy", afterThat);
    }

    @RequirePOST
    public HttpResponse doArchive(@QueryParameter boolean afterThat) throws InterruptedException {
        return submit(Kind.ARCHIVE, "archive", afterThat);
    }

    @RequirePOST
    public HttpResponse doRestore(@QueryParameter boolean afterThat) throws InterruptedException {
        return submit(Kind.RESTORE, "restore", afterThat);
    }

    /** @param confirm what was typed to confirm it; absent where no form has asked for it */
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
        return submit(Kind.CLEANUP, "cleanup", afterThat);
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

    /** Ends what is going on, whether it runs or still waits in the queue. */
    @RequirePOST
    public HttpResponse doAbort() {
        StagingService.abort(staging);
        return toStaging();
    }

    /** The user says that a script has ended which Jenkins can’t ask for. */
    @RequirePOST
    public HttpResponse doConfirmEnded() {
        try {
            StagingService.confirmEnded(staging);
            return toStaging();
        } catch (RefusalException e) {
            return refused(e);
        }
    }

    /** Calls off the request that waits until the staging is free. */
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

    /** @param afterThat whether to do it after what is at work on the staging, instead of refusing it */
    private HttpResponse submit(Kind kind, String operation, boolean afterThat) throws InterruptedException {
        StagingRequest request =
                StagingRequest.of(staging.getParent(), staging.getName(), kind, new Cause.UserIdCause());
        try {
            boolean waiting =
                    afterThat && WaitingRequestService.submitOrWait(request).isWaiting();
            if (!afterThat) {
                StagingService.submit(request);
            }
            return kind == Kind.CLEANUP && !waiting ? toProject() : toStaging();
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

    /** Not offered as an action: the staging’s page has a task for each that is allowed. */
    @Override
    public String getIconFileName() {
        return null;
    }

    /** For the breadcrumbs of the form and of a refusal. */
    @Override
    public String getDisplayName() {
        return Messages.StagingOperations_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Adds them to every staging. */
    @Extension
    public static class Factory extends TransientActionFactory<Staging> {

        @Override
        public Class<Staging> type() {
            return Staging.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Staging staging) {
            return Set.of(new StagingOperations(staging));
        }
    }
}
