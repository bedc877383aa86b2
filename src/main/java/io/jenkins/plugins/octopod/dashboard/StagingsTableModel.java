package io.jenkins.plugins.octopod.dashboard;

import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTask;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTasks;
import io.jenkins.plugins.octopod.dashboard.feed.ProjectScope;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsFeed;
import io.jenkins.plugins.octopod.dashboard.model.ActionLabels;
import io.jenkins.plugins.octopod.dashboard.model.StagingOperation;
import io.jenkins.plugins.octopod.dashboard.model.StatusPresentation;
import io.jenkins.plugins.octopod.dashboard.operation.CleanupConfirmation;
import io.jenkins.plugins.octopod.dashboard.web.JsonHttp;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Model of the table of stagings on any page: its content, menus and operations on selected stagings. */
@Restricted(NoExternalUse.class)
public final class StagingsTableModel {

    /** Limit in bytes, enough for a thousand full names of ordinary length. */
    private static final int MAX_SUBMITTED = 256 << 10;

    /** Limit in bytes for the keys of all columns. */
    private static final int MAX_COLUMNS_LENGTH = 4 << 10;

    private final ProjectScope scope;

    StagingsTableModel(ProjectScope scope) {
        this.scope = scope;
    }

    public StagingsFeed getFeed() {
        return new StagingsFeed(scope);
    }

    /** Returns the operations in the page’s menus, in order. */
    public List<StagingOperation> getOperations() {
        return List.of(StagingOperation.values());
    }

    /** Returns the operations that are available for several selected stagings. */
    public List<StagingOperation> getBulkOperations() {
        return List.of(
                StagingOperation.UPDATE,
                StagingOperation.REDEPLOY,
                StagingOperation.ARCHIVE,
                StagingOperation.RESTORE,
                StagingOperation.CLEANUP);
    }

    /** Returns the presentations of all statuses. */
    public List<StatusPresentation.Named> getPresentations() {
        return StatusPresentation.all();
    }

    /** Returns the display names of statuses, actions and operations for the page’s script. */
    public Map<String, String> getWords() {
        Map<String, String> words = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            words.put("status." + status, StatusPresentation.idle(status).word());
        }
        for (StagingAction action : StagingAction.values()) {
            words.put("doing." + action, ActionLabels.doing(action));
        }
        for (StagingOperation stagingOperation : StagingOperation.values()) {
            words.put("operation." + stagingOperation.getUrl(), stagingOperation.getTitle());
            words.put("confirm." + stagingOperation.getUrl(), stagingOperation.confirmationOf("{0}"));
        }
        return words;
    }

    /**
     * Operation that a user submitted.
     *
     * @param operation {@link StagingOperation#getUrl} of the operation, or {@code abort}
     * @param stagings full names of the stagings
     * @param confirmation text that the user typed as confirmation, if the operation requires one
     * @param afterThat whether to run it after the current action on a staging, instead of refusing it
     */
    record SubmittedOperation(String operation, List<String> stagings, String confirmation, boolean afterThat) {}

    /** Returns whether the user is logged in, so that the choice of columns can be saved. */
    public boolean isUser() {
        return User.current() != null;
    }

    /** Returns the keys of the columns that the user has hidden, separated by spaces. */
    public String getHiddenColumns() {
        return String.join(" ", TablePreferences.hiddenColumns(User.current()));
    }

    /**
     * Columns that a user hides.
     *
     * @param hidden keys of the columns
     */
    record ColumnChoice(List<String> hidden) {}

    /** Stores which columns the current user hides, in the tables of all projects. */
    @RequirePOST
    public HttpResponse doColumns(StaplerRequest2 request) throws IOException {
        Jenkins.get().checkPermission(Jenkins.READ);
        User user = User.current();
        if (user == null) {
            throw HttpResponses.error(403, Messages.StagingsTableModel_logInForColumns());
        }
        List<String> hidden =
                JsonHttp.read(request, ColumnChoice.class, MAX_COLUMNS_LENGTH).hidden();
        TablePreferences.hide(user, hidden == null ? List.of() : hidden);
        return HttpResponses.status(204);
    }

    /** Starts an operation on one or several stagings, and responds with the URL of its outcome. */
    @RequirePOST
    public HttpResponse doSubmit(StaplerRequest2 request) throws IOException {
        Jenkins.get().checkPermission(Jenkins.READ);
        SubmittedOperation submittedOperation = JsonHttp.read(request, SubmittedOperation.class, MAX_SUBMITTED);
        List<String> stagings = submittedOperation.stagings() == null ? List.of() : submittedOperation.stagings();
        try {
            if ("abort".equals(submittedOperation.operation())) {
                return accepted(stagings.stream().map(StagingsTableModel::abort).toList());
            }
            StagingOperation stagingOperation = StagingOperation.of(submittedOperation.operation());
            if (stagingOperation == StagingOperation.UPDATE) {
                // The overrides of an update come from the dialog. Without them, the update would remove all overrides.
                throw new RefusalException(
                        Reason.INVALID_INPUT,
                        io.jenkins.plugins.octopod.dashboard.model.Messages.StagingOperation_unknown(
                                submittedOperation.operation()));
            }
            if (stagingOperation == StagingOperation.CLEANUP) {
                CleanupConfirmation.require(stagings, submittedOperation.confirmation());
            }
            return accepted(stagings.stream()
                    .map(staging -> task(stagingOperation, staging, submittedOperation.afterThat()))
                    .toList());
        } catch (RefusalException e) {
            RefusalView refusalView = RefusalView.of(e);
            return JsonHttp.answer(refusalView.statusCode(), Map.of("refusal", refusalView));
        }
    }

    private static HttpResponse accepted(List<BackgroundTask> tasks) throws RefusalException {
        return JsonHttp.answer(202, Map.of("ticket", BackgroundTasks.get().start(tasks)));
    }

    private static BackgroundTask task(StagingOperation stagingOperation, String fullName, boolean afterThat) {
        return new BackgroundTask(fullName, () -> {
            Staging staging = find(fullName);
            if (stagingOperation == StagingOperation.FORGET) {
                StagingService.forget(staging);
                return null;
            }
            Kind kind = stagingOperation.kind();
            StagingRequest request =
                    StagingRequest.of(staging.getParent(), staging.getName(), kind, new Cause.UserIdCause());
            WaitingRequestService.submit(request, IfBusy.of(afterThat));
            return staging.getUrl();
        });
    }

    private static BackgroundTask abort(String fullName) {
        return new BackgroundTask(fullName, () -> {
            Staging staging = find(fullName);
            StagingService.abort(staging);
            return staging.getUrl();
        });
    }

    private static Staging find(String fullName) throws RefusalException {
        Item item = Jenkins.get().getItemByFullName(fullName);
        if (item instanceof Staging staging) {
            return staging;
        }
        throw new RefusalException(Reason.UNKNOWN, Messages.StagingsTableModel_unknown(fullName));
    }
}
