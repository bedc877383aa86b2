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
import io.jenkins.plugins.octopod.engine.Overrides;
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
import java.util.UUID;
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

    /** The staging of that name that the current user may see. */
    public static Optional<Staging> find(OctopodProject project, String name) {
        return name != null && project.getItem(name) instanceof Staging staging
                ? Optional.of(staging)
                : Optional.empty();
    }

    /**
     * Takes in a request and queues its run. Blocks while {@code config_check} is asked on an agent, where there is one;
     * scripts that take too long are given up.
     *
     * @throws RefusalException if it isn’t accepted; its message says why and what to do
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static AcceptedRequest submit(StagingRequest request) throws RefusalException, InterruptedException {
        return submit(request, UUID.randomUUID().toString());
    }

    /**
     * As {@link #submit(StagingRequest)}, for those who must know their request again whatever happens meanwhile: after a
     * crash of Jenkins, the id says whether it was taken in.
     *
     * @param requestId unique, such as a random {@link UUID}
     */
    public static AcceptedRequest submit(StagingRequest request, String requestId)
            throws RefusalException, InterruptedException {
        return submit(request, requestId, null);
    }

    /**
     * As {@link #submit(StagingRequest)}, for an update that was made with the overrides before somebody’s eyes that the
     * staging had then.
     *
     * @throws OverridesConflictException if it has others now
     */
    public static AcceptedRequest submit(StagingRequest request, OverridesVersion expectedVersion)
            throws RefusalException, InterruptedException {
        return submit(request, UUID.randomUUID().toString(), expectedVersion);
    }

    /**
     * As the others, with both.
     *
     * @param expectedVersion null if it doesn’t matter which overrides the staging has
     */
    public static AcceptedRequest submit(
            StagingRequest request, String requestId, @CheckForNull OverridesVersion expectedVersion)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        requireNotShuttingDown();
        BuildAccess.require(request);
        StagingName name = name(request);
        // Before anything is kept of them, also by those who let the request wait.
        OverridesLimits.require(request.application(), request.deployment());
        PlannedChange plannedChange = PlannedChange.of(request, name, existing(project, name));
        OverridesVersion.require(expectedVersion, plannedChange.staging());
        requireCredentials(request, plannedChange);
        requireLimits(plannedChange);
        requireAgents(project);
        CapacityLimits.requireCapacity(request, plannedChange);
        // Of what Jenkins does by itself, nobody waits for the answer: the run asks.
        boolean checkedEarly = plannedChange.action().isConfigChecked() && !MaintenanceCause.isAmong(request.causes());
        boolean configChecked = checkedEarly && PreflightConfigCheck.passes(request, name, plannedChange);
        synchronized (project) {
            // Jenkins and the staging may have gone on while config_check was asked.
            requireNotShuttingDown();
            BuildAccess.require(request);
            PlannedChange now = PlannedChange.of(request, name, existing(project, name));
            OverridesVersion.require(expectedVersion, now.staging());
            requireCredentials(request, now);
            requireLimits(now);
            boolean sameConfiguration = now.application().equals(plannedChange.application())
                    && now.deployment().equals(plannedChange.deployment());
            List<Staging> toArchive = CapacityLimits.requireCapacity(request, now);
            AcceptedRequest accepted = accept(request, requestId, name, now, configChecked && sameConfiguration);
            toArchive.forEach(other -> archiveToFreeCapacity(other, name, request));
            return accepted;
        }
    }

    static void requireNotShuttingDown() throws RefusalException {
        if (Jenkins.get().isQuietingDown()) {
            throw new RefusalException(Reason.SHUTTING_DOWN, Messages.StagingService_shuttingDown());
        }
    }

    /**
     * Forgets a staging without running anything.
     *
     * @throws RefusalException if an action is waiting or running
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
     * Takes a user's word that the script of an earlier run is not running any more, if it is not known how that script ended;
     * does nothing otherwise. Other actions can be started then.
     *
     * @throws RefusalException if the agent of the script is connected and has just answered, or that can't be stored
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
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
     * Ends what is going on, whether it runs or still waits in the queue; does nothing where nothing is. That what waits is
     * cancelled is stored when this returns.
     *
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not
     */
    public static void abort(Staging staging) {
        abort(staging, requestId -> true);
    }

    /**
     * As {@link #abort(Staging)}, but only what that request has begun; does nothing where that isn’t going on any more.
     *
     * @param requestId see {@link AcceptedRequest#requestId}
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

    /** What goes on after a restart is queued without parameters: its run has them. */
    private static boolean isOf(Actionable what, Predicate<String> which) {
        StagingRunParameters parameters = what.getAction(StagingRunParameters.class);
        return parameters == null || which.test(parameters.getRequestId());
    }

    /**
     * The project’s rules allow it, whatever those may who have asked for the other one. Only after that was accepted, so
     * that nobody leaves for one that doesn’t come; one that can’t leave now leaves for the next newcomer as well.
     */
    private static void archiveToFreeCapacity(Staging leaving, StagingName created, StagingRequest request) {
        CapacityCause cause = new CapacityCause(created.value(), RequesterName.of(request.causes()));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            StagingRequest archive = StagingRequest.of(leaving.getParent(), leaving.getName(), Kind.ARCHIVE, cause);
            StagingName name = leaving.stagingName();
            accept(archive, UUID.randomUUID().toString(), name, PlannedChange.of(archive, name, leaving), false);
        } catch (RefusalException e) {
            LOGGER.log(Level.WARNING, e, () -> leaving.getFullName() + " couldn't make room for " + created);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AcceptedRequest accept(
            StagingRequest request,
            String requestId,
            StagingName name,
            PlannedChange plannedChange,
            boolean configChecked)
            throws RefusalException, InterruptedException {
        OctopodProject project = request.project();
        Staging staging = plannedChange.staging();
        Instant now = StagingClock.now();
        DesiredState before = staging == null ? DesiredState.none(now) : staging.desiredState();
        PendingAction pending = new PendingAction(
                        requestId,
                        plannedChange.action(),
                        plannedChange.before(),
                        staging == null ? null : staging.getApplicationOverrides(),
                        staging == null ? null : staging.getDeploymentOverrides(),
                        plannedChange.desiredState(before, request, requestId, now),
                        configChecked,
                        request.causes())
                .with(staging == null ? null : StateBefore.of(before, staging.observedState()));
        try {
            if (staging == null) {
                staging = RequestStore.create(project, name, request.branch(), plannedChange.status(), pending);
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
        return new AcceptedRequest(staging, plannedChange.action(), requestId);
    }

    static RefusalException notStored(IOException e) {
        return new RefusalException(Reason.UNAVAILABLE, Messages.StagingService_notStored(e.getMessage()), e);
    }

    /**
     * The project’s limit may have been lowered since a staging was created, which must not lock that out. What the current user
     * may not see makes no difference.
     */
    private static StagingName name(StagingRequest request) throws RefusalException {
        OctopodProject project = request.project();
        boolean known = find(project, request.name()).isPresent();
        return StagingName.of(request.name(), known ? StagingName.MAX_LENGTH_LIMIT : project.getMaxNameLength());
    }

    /** Whether or not the current user may see it: a name is taken for everybody. */
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
                plannedChange.staging(),
                plannedChange.application(),
                plannedChange.deployment());
    }

    /**
     * What somebody else has set may stay.
     *
     * @param before what has them by now; null if it is to be made with them
     */
    static void requireCredentials(
            OctopodProject project,
            CredentialsAuthority authority,
            @CheckForNull Staging before,
            Overrides application,
            Overrides deployment)
            throws RefusalException {
        boolean there = before != null;
        Optional<String> refusal = ScriptCredentialsProvider.validate(
                        project, authority, there ? before.getApplicationOverrides() : Overrides.NONE, application)
                .or(() -> ScriptCredentialsProvider.validate(
                        project, authority, there ? before.getDeploymentOverrides() : Overrides.NONE, deployment));
        if (refusal.isPresent()) {
            throw new RefusalException(Reason.INVALID_INPUT, refusal.get());
        }
    }

    private static void requireLimits(PlannedChange change) throws RefusalException {
        OverridesLimits.requireIfChanged(change.staging(), change.application(), change.deployment());
    }

    /** A label that nobody has would keep the run in the queue for ever. */
    private static void requireAgents(OctopodProject project) throws RefusalException {
        Label label = project.assignedLabel();
        if (label != null && label.isEmpty()) {
            RestrictedMessage message = new RestrictedMessage(
                    Messages.StagingService_noAgent(project.getFullName()),
                    Messages.StagingService_noAgentHasLabel(label.getExpression(), project.getFullName()));
            throw new RefusalException(Reason.UNAVAILABLE, MessageDisclosure.textOf(project, message));
        }
    }
}
