package io.jenkins.plugins.octopod.api.v2;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Queue;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.Addresses;
import io.jenkins.plugins.octopod.api.v2.forms.OperationForm;
import io.jenkins.plugins.octopod.api.v2.forms.OperationsForm;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.RunSearch;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.Stagings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has become of what was asked for. */
final class OperationCalls {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** In seconds. */
    private static final String ASK_AGAIN = "1";

    private OperationCalls() {}

    static Reply get(V2Request request) throws RefusalException, Problem {
        request.requireNoQuery();
        return reply(200, find(request, request.stagingName(), request.operationId()));
    }

    /** The address of that operation, where its end can be waited for. */
    static Reply accepted(V2Request request, String stagingName, String id) throws RefusalException {
        return accepted(find(request, stagingName, id));
    }

    private static Reply accepted(OperationForm form) {
        return reply(202, form).with("Location", form.address());
    }

    private static Reply reply(int status, OperationForm form) {
        Reply reply = Forms.reply(status, form);
        return form.state().isEnd() ? reply : reply.with("Retry-After", ASK_AGAIN);
    }

    private static OperationForm find(V2Request request, String stagingName, String id) throws RefusalException {
        OctopodProject project = request.project();
        Optional<Staging> staging = Stagings.find(project, stagingName)
                .filter(each -> each.getName().equals(stagingName));
        return staging.map(each -> going(each, id))
                .or(() -> AcceptedOperations.get().find(project, stagingName, id, staging.isPresent()))
                .orElseThrow(
                        () -> new RefusalException(Reason.UNKNOWN, Messages.OperationCalls_unknown(id, stagingName)));
    }

    /** Null where it is neither pending nor has a run. */
    @CheckForNull
    private static OperationForm going(Staging staging, String id) {
        // In this order: what isn’t pending any more has its run, if it ever had one.
        PendingAction pending = staging.record().pending();
        boolean isPending = pending != null && pending.requestId().equals(id);
        StagingRun run = RunSearch.run(staging, id);
        if (run != null) {
            return of(run, isPending);
        }
        return isPending ? waiting(staging, pending) : null;
    }

    private static OperationForm waiting(Staging staging, PendingAction pending) {
        Queue.Item item = RunSearch.queued(staging);
        return OperationForm.waiting(staging, pending, item == null ? null : Util.fixEmptyAndTrim(item.getWhy()));
    }

    /** Null for a run of which nobody knows what it was for. */
    @CheckForNull
    private static OperationForm of(StagingRun run, boolean pending) {
        StagingRunParameters parameters = run.parameters();
        return parameters == null
                ? null
                : OperationForm.of(run, parameters.getRequestId(), parameters.getAction(), pending);
    }

    static Reply list(V2Request request) throws RefusalException, Problem {
        Query query = request.query(Paging.LIMIT, Paging.CURSOR);
        int limit = query.number(Paging.LIMIT, 1, MOST, USUAL);
        int before = query.number(Paging.CURSOR, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        Staging staging = request.staging();
        PendingAction pending = staging.record().pending();
        List<OperationForm> operations = new ArrayList<>();
        boolean begun = pending != null && RunSearch.run(staging, pending.requestId()) != null;
        if (before == Integer.MAX_VALUE && pending != null && !begun) {
            operations.add(waiting(staging, pending));
        }
        StagingRun run = before == 1 ? null : staging.getNearestOldBuild(before - 1);
        while (run != null && operations.size() < limit) {
            OperationForm form = of(run, RunSearch.isPending(staging, requestId(run)));
            if (form != null) {
                operations.add(form);
            }
            run = run.getPreviousBuild();
        }
        String next = run == null ? null : next(staging, query, run);
        Reply reply = Forms.reply(200, new OperationsForm(next, operations));
        return next == null ? reply : reply.with("Link", '<' + next + ">; rel=\"next\"");
    }

    private static String requestId(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        return parameters == null ? "" : parameters.getRequestId();
    }

    /** @param first that isn’t on this page */
    private static String next(Staging staging, Query query, StagingRun first) {
        String behind = Integer.toString(first.getNumber() + 1);
        return Addresses.staging(staging) + "/operations" + query.with(Paging.CURSOR, behind);
    }

    /** Ends what is going on, as far as it is that operation. */
    static Reply abort(V2Request request) throws RefusalException, Problem {
        request.requireNothing();
        Staging staging = request.staging();
        staging.checkAbortPermission();
        OperationForm form = find(request, staging.getName(), request.operationId());
        if (form.state().isEnd()) {
            throw new RefusalException(
                    Reason.NOT_NOW, Messages.OperationCalls_ended(form.state().word()));
        }
        // What never begins leaves no run: whoever ends it is to be told of its end all the same.
        AcceptedOperations.get().add(form.id(), form.action(), staging.getParent(), staging.getName());
        Stagings.abort(staging, form.id());
        return accepted(form);
    }
}
