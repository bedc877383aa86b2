package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.Event;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.engine.StatusMachine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.lifetime.Lifetime;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The effect that a request has on the current state.
 *
 * @param name validated name of the staging
 * @param staging staging to change; null if it is about to be created
 * @param action action to run
 * @param before current status of the staging; null if it is about to be created
 * @param status status that the staging gets
 * @param overrides overrides that the staging gets
 */
record PlannedChange(
        StagingName name,
        @CheckForNull Staging staging,
        StagingAction action,
        @CheckForNull Status before,
        Status status,
        StagingOverrides overrides) {

    /** Plans the change. Checks permissions, that no other action is pending, and the transition. */
    static PlannedChange of(StagingRequest request, StagingName name, @CheckForNull Staging staging)
            throws RefusalException {
        OctopodProject project = request.project();
        boolean hidden = staging != null && !staging.hasPermission(Item.READ);
        // A hidden staging is treated as if it didn’t exist. Only a user who may create stagings learns that the name
        // is taken.
        StagingAction action = request.kind().action(staging == null || hidden ? null : staging.getStatus());
        if (action == StagingAction.CREATE) {
            project.checkPermission(Item.CREATE);
            if (hidden) {
                throw new RefusalException(Reason.EXISTS, Messages.StagingService_nameTaken(name));
            }
        } else if (staging == null || hidden) {
            throw new RefusalException(Reason.UNKNOWN, Messages.StagingService_unknown(name, project.getFullName()));
        } else {
            staging.checkPermission(action == StagingAction.CLEANUP ? Item.DELETE : Item.BUILD);
            requireSame(request, staging);
        }
        if (staging != null) {
            requireFree(staging, action);
            requireSettled(staging, request);
            requireSameBranch(staging, request.branch());
        }
        Status before = staging == null ? null : staging.getStatus();
        Status status = new StatusMachine(project.statusTimeoutDuration())
                .next(before, new Event.Accepted(action), Duration.ZERO)
                .status();
        StagingOverrides current = staging == null ? StagingOverrides.NONE : staging.overrides();
        StagingOverrides overrides = request.kind().overrides(current, request.overrides());
        return new PlannedChange(name, staging, action, before, status, overrides);
    }

    /** Refuses a request that refers to a staging which was deleted, if a different staging has its name. */
    private static void requireSame(StagingRequest request, Staging staging) throws RefusalException {
        if (request.staging() != null && request.staging() != staging) {
            throw new RefusalException(Reason.UNKNOWN, Messages.StagingService_replaced(staging.getName()));
        }
    }

    private static void requireFree(Staging staging, StagingAction action) throws RefusalException {
        PendingAction pending = staging.observedState().pending();
        if (pending != null) {
            boolean creating = action == StagingAction.CREATE;
            throw new StagingBusyException(creating ? Reason.EXISTS : Reason.NOT_NOW, staging, pending);
        }
    }

    /**
     * Refuses a request while an earlier script may still be running, if Jenkins can’t find out how that script ends,
     * or if the request comes from automatic maintenance. The run of any other request waits for the script.
     */
    private static void requireSettled(Staging staging, StagingRequest request) throws RefusalException {
        StartedScript started = staging.isUnclear() ? staging.observedState().startedScript() : null;
        if (started != null
                && (StartedScripts.isLost(staging, started) || MaintenanceCause.isAmong(request.causes()))) {
            throw new RefusalException(Reason.NOT_NOW, StartedScripts.message(staging, started));
        }
    }

    /**
     * Refuses a different branch. Two branches whose names result in the same staging name would overwrite each other.
     */
    private static void requireSameBranch(Staging staging, String branch) throws RefusalException {
        if (branch != null && staging.getBranch() != null && !branch.equals(staging.getBranch())) {
            throw new RefusalException(
                    Reason.EXISTS, Messages.StagingService_otherBranch(staging.getName(), staging.getBranch(), branch));
        }
    }

    /** Returns the overrides that the staging has; none if it is about to be created. */
    StagingOverrides currentOverrides() {
        return staging == null ? StagingOverrides.NONE : staging.overrides();
    }

    /**
     * Returns the desired state after this change.
     *
     * @param before desired state before the change
     * @param request request for the change
     * @param now time of the change
     */
    DesiredState desiredState(DesiredState before, StagingRequest request, Instant now) {
        // A change by automatic maintenance does not count as a user’s change.
        boolean automatic = MaintenanceCause.isAmong(request.causes());
        Lifetime lifetime = before.lifetime().after(action, request.causes(), now);
        boolean newBuild =
                !Objects.equals(lifetime.deployingBuild(), before.lifetime().deployingBuild());
        return new DesiredState(
                request.id(),
                overrides,
                automatic ? before.changedAt() : now,
                automatic ? before.changedBy() : RequesterName.of(request.causes()),
                newBuild ? lifetime.withCommit(request.commit()) : lifetime);
    }
}
