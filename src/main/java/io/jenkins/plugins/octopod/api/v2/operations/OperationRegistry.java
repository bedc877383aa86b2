package io.jenkins.plugins.octopod.api.v2.operations;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.v2.dto.OperationDto;
import io.jenkins.plugins.octopod.api.v2.dto.OperationDto.Identity;
import io.jenkins.plugins.octopod.api.v2.dto.OperationDto.Outcome;
import io.jenkins.plugins.octopod.api.v2.dto.OperationDto.Target;
import io.jenkins.plugins.octopod.api.v2.dto.OperationState;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Operations that API v2 accepted, in memory. They are needed if the run no longer exists, because the run of a cleanup
 * is deleted with its staging. Other operations are found by their runs, also after a restart, which the registry does
 * not survive. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class OperationRegistry extends RunListener<StagingRun> {

    static final Duration RETENTION = Duration.ofHours(24);
    static final int MAX_PER_USER = 2_000;
    static final int MAX = 20_000;

    /** Final state of an operation. */
    private record OperationEnd(OperationState state, Outcome outcome) {

        static final OperationEnd SUCCESS = new OperationEnd(OperationState.SUCCEEDED, Outcome.NONE);

        static OperationEnd of(StagingRun run) {
            return new OperationEnd(OperationState.ofDone(run), Outcome.of(run));
        }
    }

    /**
     * Accepted operation.
     *
     * @param user id of the requester
     * @param end final state; null while it is unknown
     */
    private record Accepted(
            String action,
            String project,
            String staging,
            String user,
            @CheckForNull OperationEnd end) {

        Accepted with(OperationEnd newEnd) {
            return new Accepted(action, project, staging, user, newEnd);
        }
    }

    private final UserBoundedCache<Accepted> byId = new UserBoundedCache<>(MAX_PER_USER, MAX, RETENTION);

    @ModuleInternal
    public static OperationRegistry get() {
        return ExtensionList.lookupSingleton(OperationRegistry.class);
    }

    /**
     * Adds an operation, unless it is known. Must be called before the request is submitted, because the operation might
     * end before the call returns.
     */
    @ModuleInternal
    public void add(String id, String action, OctopodProject project, String staging) {
        String user = Jenkins.getAuthentication2().getName();
        byId.putIfAbsent(id, new Accepted(action, project.getFullName(), staging, user, null));
    }

    /** Removes an operation that wasn’t accepted. */
    @ModuleInternal
    public void remove(String id) {
        byId.remove(id);
    }

    /** Marks an operation as done that needed no run. */
    @ModuleInternal
    public void done(String id) {
        end(id, OperationEnd.SUCCESS);
    }

    @Override
    public void onCompleted(StagingRun run, @NonNull TaskListener listener) {
        StagingRunParameters parameters = run.parameters();
        if (parameters != null) {
            end(parameters.getRequestId(), OperationEnd.of(run));
        }
    }

    private void end(String id, OperationEnd operationEnd) {
        byId.update(id, accepted -> accepted.with(operationEnd));
    }

    /**
     * Returns an operation that has no run and isn’t pending.
     *
     * @param staging name of a staging that the current user can see
     */
    @ModuleInternal
    public Optional<OperationDto> find(OctopodProject project, String staging, String id) {
        return accepted(project, staging, id).map(accepted -> dto(project, id, accepted));
    }

    /**
     * Returns an operation that has no run and isn’t pending, if the current user requested it.
     *
     * @param staging name of a staging that doesn’t exist, or that the current user can’t see
     */
    @ModuleInternal
    public Optional<OperationDto> findOwn(OctopodProject project, String staging, String id) {
        String viewer = Jenkins.getAuthentication2().getName();
        return accepted(project, staging, id)
                .filter(accepted -> accepted.user().equals(viewer))
                .map(accepted -> dto(project, id, accepted));
    }

    private Optional<Accepted> accepted(OctopodProject project, String staging, String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(accepted -> accepted.project().equals(project.getFullName()))
                .filter(accepted -> accepted.staging().equals(staging));
    }

    /** Returns the state of an operation without a run. */
    private static OperationEnd withoutRun(OctopodProject project, String id, Accepted accepted) {
        if (WaitingRequestService.isWaiting(project, accepted.staging(), id)) {
            return new OperationEnd(OperationState.WAITING, Outcome.NONE);
        }
        RefusedRequest refused = WaitingRequestService.refusal(project, accepted.staging(), id);
        // A request that was neither refused at its turn nor had a run was cancelled.
        return refused != null
                ? new OperationEnd(OperationState.FAILED, Outcome.because(refused.sentence()))
                : new OperationEnd(OperationState.ABORTED, Outcome.because(Messages.OperationRegistry_cancelled()));
    }

    private static OperationDto dto(OctopodProject project, String id, Accepted accepted) {
        OperationEnd known = accepted.end();
        OperationEnd operationEnd = known != null ? known : withoutRun(project, id, accepted);
        Target target = Target.of(accepted.project(), accepted.staging());
        Identity identity = Identity.of(id, accepted.action(), target);
        return OperationDto.withoutRun(identity, operationEnd.state(), target, operationEnd.outcome());
    }
}
