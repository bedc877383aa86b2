package io.jenkins.plugins.octopod.dashboard;

import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsFeed;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsScope;
import io.jenkins.plugins.octopod.dashboard.submission.Step;
import io.jenkins.plugins.octopod.dashboard.submission.Submissions;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.Stagings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The table of stagings, on whatever page it is: what it shows, and what its menus and its selection do. */
@Restricted(NoExternalUse.class)
public final class StagingsBoard {

    private final StagingsScope scope;

    StagingsBoard(StagingsScope scope) {
        this.scope = scope;
    }

    public StagingsFeed getFeed() {
        return new StagingsFeed(scope);
    }

    /** What the page’s menus offer, in order. */
    public List<Operation> getOperations() {
        return List.of(Operation.values());
    }

    /** What is offered for several stagings at once. */
    public List<Operation> getBulkOperations() {
        return List.of(Operation.UPDATE, Operation.REDEPLOY, Operation.ARCHIVE, Operation.RESTORE, Operation.CLEANUP);
    }

    /** How every status is shown. */
    public List<StatusLook.Named> getLooks() {
        return StatusLook.all();
    }

    /** What pages say of statuses, actions and operations everywhere, for the page’s script. */
    public Map<String, String> getWords() {
        Map<String, String> words = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            words.put("status." + status, StatusLook.idle(status).word());
        }
        for (StagingAction action : StagingAction.values()) {
            words.put("doing." + action, ActionWords.doing(action));
        }
        for (Operation operation : Operation.values()) {
            words.put("operation." + operation.getUrl(), operation.getTitle());
            words.put("confirm." + operation.getUrl(), operation.confirmationOf("{0}"));
        }
        return words;
    }

    /**
     * What somebody wants done.
     *
     * @param operation by its {@link Operation#getUrl}, or {@code abort}
     * @param stagings full names
     * @param confirmation what was typed to confirm it, where that is asked for
     */
    record Wanted(String operation, List<String> stagings, String confirmation) {}

    /** Takes in what is wanted of one or several stagings, and answers where its outcome can be asked for. */
    @RequirePOST
    public HttpResponse doSubmit(StaplerRequest2 request) throws IOException {
        Jenkins.get().checkPermission(Jenkins.READ);
        Wanted wanted = Json.read(request, Wanted.class);
        List<String> stagings = wanted.stagings() == null ? List.of() : wanted.stagings();
        try {
            if ("abort".equals(wanted.operation())) {
                return accepted(stagings.stream().map(StagingsBoard::abort).toList());
            }
            Operation operation = Operation.of(wanted.operation());
            if (operation == Operation.UPDATE) {
                // Its overrides come from the dialog: without them, it would take away all that there are.
                throw new RefusalException(Reason.INVALID_INPUT, Messages.Operation_unknown(wanted.operation()));
            }
            if (operation == Operation.CLEANUP) {
                CleanupConfirmation.require(stagings, wanted.confirmation());
            }
            return accepted(
                    stagings.stream().map(staging -> step(operation, staging)).toList());
        } catch (RefusalException e) {
            Refusal refusal = Refusal.of(e);
            return Json.answer(refusal.statusCode(), Map.of("refusal", refusal));
        }
    }

    private static HttpResponse accepted(List<Step> steps) throws RefusalException {
        return Json.answer(202, Map.of("ticket", Submissions.get().start(steps)));
    }

    private static Step step(Operation operation, String fullName) {
        return new Step(fullName, () -> {
            Staging staging = find(fullName);
            if (operation == Operation.FORGET) {
                Stagings.forget(staging);
                return null;
            }
            Kind kind = operation.kind();
            Stagings.submit(StagingRequest.of(staging.getParent(), staging.getName(), kind, new Cause.UserIdCause()));
            return staging.getUrl();
        });
    }

    private static Step abort(String fullName) {
        return new Step(fullName, () -> {
            Staging staging = find(fullName);
            Stagings.abort(staging);
            return staging.getUrl();
        });
    }

    private static Staging find(String fullName) throws RefusalException {
        Item item = Jenkins.get().getItemByFullName(fullName);
        if (item instanceof Staging staging) {
            return staging;
        }
        throw new RefusalException(Reason.UNKNOWN, Messages.StagingsBoard_unknown(fullName));
    }
}
