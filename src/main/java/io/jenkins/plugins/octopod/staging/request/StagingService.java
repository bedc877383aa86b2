package io.jenkins.plugins.octopod.staging.request;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Actionable;
import hudson.model.Executor;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.text.RestrictedMessage;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.project.access.CredentialsAuthority;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.lifetime.MaintenanceCause;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.queue.ActionQueue;
import io.jenkins.plugins.octopod.staging.queue.QueueCancellation;
import io.jenkins.plugins.octopod.staging.queue.RequestStore;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.DesiredState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import io.jenkins.plugins.octopod.staging.state.StartedScript;
import io.jenkins.plugins.octopod.staging.state.StateBefore;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Façade for all requests of users, Pipelines and programs that concern stagings. It checks permission, name,
 * transition and {@code config_check} in one place. A refused request is neither stored nor run.
 *
 * <p>Thread-safe. Requests for stagings of the same project are accepted one after the other. {@code config_check} runs
 * before that.
 */
public final class StagingService {

    private static final Logger LOGGER = Logger.getLogger(StagingService.class.getName());

    private StagingService() {}

    /** Returns the staging with that name if it exists and the current user may see it. */
    public static Optional<Staging> find(OctopodProject project, String name) {
        return name != null && project.getItem(name) instanceof Staging staging
                ? Optional.of(staging)
                : Optional.empty();
    }

    /**
     * Accepts a request and queues its run. Blocks while {@code config_check} runs, if an agent is available for it; a
     * script that takes too long is given up.
     *
     * @throws OverridesConflictException if the staging’s overrides don’t have the version that the request expects
     * @throws RefusalException if the request isn’t accepted; its message says why and what to do
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static AcceptedRequest submit(StagingRequest request) throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        PlannedChange plannedChange = plan(request);
        requireAgents(project);
        CapacityLimits.requireCapacity(request, plannedChange);
        // Automatic maintenance does not need an immediate answer, so the run itself runs config_check.
        boolean checkedEarly = plannedChange.action().isConfigChecked() && !MaintenanceCause.isAmong(request.causes());
        boolean configChecked = checkedEarly && PreflightConfigCheck.passes(request, plannedChange);
        synchronized (project) {
            // Jenkins and the staging may have changed while config_check ran.
            PlannedChange now = plan(request);
            boolean sameConfiguration = now.overrides().equals(plannedChange.overrides());
            List<Staging> toArchive = CapacityLimits.requireCapacity(request, now);
            AcceptedRequest accepted = accept(request, now, configChecked && sameConfiguration);
            toArchive.forEach(other -> archiveToFreeCapacity(other, now.name(), request));
            return accepted;
        }
    }

    /**
     * Like {@link #submit}, for a request that waited for a staging that was deleted. A request that can’t create a
     * staging is refused, even if a different staging has the name.
     */
    @ModuleInternal
    public static AcceptedRequest submitAfterDeletion(StagingRequest request)
            throws RefusalException, InterruptedException {
        if (request.kind().isCreating()) {
            return submit(request);
        }
        OctopodProject project = request.project();
        String name = request.name();
        throw new RefusalException(
                Reason.UNKNOWN,
                find(project, name).isPresent()
                        ? Messages.StagingService_replaced(name)
                        : Messages.StagingService_unknown(name, project.getFullName()));
    }

    /** Plans the change, with all checks that need neither an agent nor free capacity. */
    private static PlannedChange plan(StagingRequest request) throws RefusalException {
        requireNotShuttingDown();
        BuildAccess.require(request);
        StagingName name = name(request);
        // Checked first, so that no caller stores overrides that are too large, not even with a request that waits.
        OverridesLimits.require(request.overrides());
        PlannedChange plannedChange = PlannedChange.of(request, name, existing(request.project(), name));
        OverridesConflictException.requireVersion(request.expectedVersion(), plannedChange.staging());
        requireCredentials(request, plannedChange);
        OverridesLimits.requireIfChanged(plannedChange.staging(), plannedChange.overrides());
        return plannedChange;
    }

    static void requireNotShuttingDown() throws RefusalException {
        if (Jenkins.get().isQuietingDown()) {
            throw new RefusalException(Reason.SHUTTING_DOWN, Messages.StagingService_shuttingDown());
        }
    }

    /**
     * Deletes a staging without running a script.
     *
     * @throws RefusalException if the staging can’t be deleted now, for example because an action is waiting or running
     */
    public static void forget(Staging staging) throws RefusalException, InterruptedException {
        staging.checkPermission(Item.DELETE);
        try {
            staging.delete();
        } catch (Failure e) {
            throw new RefusalException(Reason.NOT_NOW, e.getMessage(), e);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /**
     * Records a user’s confirmation that the script of an earlier run has ended, if the end of that script is unknown.
     * Otherwise does nothing. Afterwards, other actions can be started.
     *
     * @throws RefusalException if the agent of the script is connected and has just answered, or that can’t be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void confirmEnded(Staging staging) throws RefusalException {
        staging.checkAbortPermission();
        StartedScript started = staging.isUnclear() ? staging.observedState().startedScript() : null;
        if (started == null) {
            return;
        }
        if (StartedScripts.isFollowed(staging, started)) {
            throw new RefusalException(
                    Reason.NOT_NOW,
                    Messages.StagingService_stillFollowed(
                            started.script().script(), StartedScripts.agentDisplayName(started)));
        }
        LOGGER.info(() -> Jenkins.getAuthentication2().getName() + " says that "
                + started.script().script() + " of " + staging.getFullName() + " #" + started.run() + " has ended");
        try {
            StartedScripts.forget(staging, started);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /**
     * Aborts the current action, whether it is running or waiting in the queue. Does nothing if there is none. The
     * cancellation of a waiting action is stored when this returns.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public static void abort(Staging staging) {
        abort(staging, requestId -> true);
    }

    /**
     * Like {@link #abort(Staging)}, but only if the current action belongs to the given request.
     *
     * @param requestId id of the request, see {@link AcceptedRequest#requestId}
     */
    public static void abort(Staging staging, String requestId) {
        abort(staging, requestId::equals);
    }

    private static void abort(Staging staging, Predicate<String> which) {
        staging.checkAbortPermission();
        StagingRun run = staging.unfinishedRun();
        Executor executor = run == null ? null : run.getExecutor();
        Queue.Item waiting = Queue.getInstance().getItem(staging);
        if (executor != null) {
            if (isOf(run, which)) {
                executor.interrupt(Result.ABORTED);
            }
        } else if (waiting != null && isOf(run == null ? waiting : run, which)) {
            QueueCancellation.cancel(staging, waiting);
        }
    }

    /**
     * Returns whether a run or queue item matches. A run that continues after a restart is queued without parameters,
     * because the run itself has them.
     */
    private static boolean isOf(Actionable what, Predicate<String> which) {
        StagingRunParameters parameters = what.getAction(StagingRunParameters.class);
        return parameters == null || which.test(parameters.getRequestId());
    }

    /**
     * Archives a staging to free capacity. Runs as SYSTEM because the project’s settings allow it regardless of the
     * requester’s permissions. Called only after the new request was accepted. If archiving is refused now, the staging
     * stays a candidate for the next request.
     */
    private static void archiveToFreeCapacity(Staging leaving, StagingName created, StagingRequest request) {
        CapacityCause cause = new CapacityCause(created.value(), RequesterName.of(request.causes()));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            StagingRequest archive = StagingRequest.of(leaving.getParent(), leaving.getName(), Kind.ARCHIVE, cause);
            accept(archive, PlannedChange.of(archive, leaving.stagingName(), leaving), false);
        } catch (RefusalException e) {
            LOGGER.log(Level.WARNING, e, () -> leaving.getFullName() + " couldn't make room for " + created);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AcceptedRequest accept(StagingRequest request, PlannedChange plannedChange, boolean configChecked)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        Staging staging = plannedChange.staging();
        Instant now = StagingClock.now();
        DesiredState before = staging == null ? DesiredState.none(now) : staging.desiredState();
        PendingAction pending = PendingAction.builder(request.id(), plannedChange.action())
                .before(plannedChange.before())
                .overridesBefore(staging == null ? null : staging.overrides())
                .desiredState(plannedChange.desiredState(before, request, now))
                .configChecked(configChecked)
                .causes(request.causes())
                .stateBefore(staging == null ? null : StateBefore.of(before, staging.observedState()))
                .build();
        try {
            if (staging == null) {
                staging = RequestStore.create(
                        project, plannedChange.name(), request.branch(), plannedChange.status(), pending);
            } else {
                RequestStore.accept(staging, plannedChange.status(), pending);
            }
        } catch (IOException e) {
            throw notStored(e);
        }
        if (!ActionQueue.queue(staging)) {
            if (plannedChange.staging() == null) {
                ActionQueue.rollbackCreation(staging);
            } else {
                ActionQueue.rollback(staging);
            }
            throw new RefusalException(Reason.UNAVAILABLE, Messages.StagingService_notQueued());
        }
        return new AcceptedRequest(staging, plannedChange.action(), request.id());
    }

    static RefusalException notStored(IOException e) {
        return new RefusalException(Reason.UNAVAILABLE, Messages.StagingService_notStored(e.getMessage()), e);
    }

    /**
     * Returns the validated name. The name of an existing staging is not subject to the project’s limit, because the
     * limit may have been lowered since. A staging that the current user may not see is treated as if it didn’t exist.
     */
    private static StagingName name(StagingRequest request) throws RefusalException {
        OctopodProject project = request.project();
        boolean known = find(project, request.name()).isPresent();
        return StagingName.of(request.name(), known ? StagingName.MAX_LENGTH_LIMIT : project.getMaxNameLength());
    }

    /**
     * Returns the staging with that name, even if the current user may not see it, because a name is unique among all
     * stagings.
     */
    @CheckForNull
    static Staging existing(OctopodProject project, StagingName name) {
        TopLevelItem child = project.childOrNull(name.value());
        return child instanceof Staging staging ? staging : null;
    }

    private static void requireCredentials(StagingRequest request, PlannedChange plannedChange)
            throws RefusalException {
        requireCredentials(
                request.project(),
                BuildAccess.isForNoUser(request) ? CredentialsAuthority.PROJECT : CredentialsAuthority.USER,
                plannedChange.currentOverrides(),
                plannedChange.overrides());
    }

    /**
     * Checks only credentials that this request adds or changes; existing references are kept.
     *
     * @param before overrides that the staging has; none if it is about to be created
     * @param after overrides that it gets
     */
    static void requireCredentials(
            OctopodProject project, CredentialsAuthority authority, StagingOverrides before, StagingOverrides after)
            throws RefusalException {
        Optional<String> refusal = ScriptCredentialsProvider.validate(
                        project, authority, before.application(), after.application())
                .or(() -> ScriptCredentialsProvider.validate(
                        project, authority, before.deployment(), after.deployment()));
        if (refusal.isPresent()) {
            throw new RefusalException(Reason.INVALID_INPUT, refusal.get());
        }
    }

    /** Requires an agent with the project’s label. Without one, the run would stay in the queue forever. */
    private static void requireAgents(OctopodProject project) throws RefusalException {
        Label label = project.assignedLabel();
        if (label != null && label.isEmpty()) {
            RestrictedMessage message = new RestrictedMessage(
                    Messages.StagingService_noAgent(project.getFullName()),
                    Messages.StagingService_noAgentHasLabel(label.getExpression(), project.getFullName()));
            throw MessageDisclosure.refusal(Reason.UNAVAILABLE, project, message, null);
        }
    }
}
