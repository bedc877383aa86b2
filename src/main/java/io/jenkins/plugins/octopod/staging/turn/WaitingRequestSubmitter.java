package io.jenkins.plugins.octopod.staging.turn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.scripts.ScriptFailureException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.StagingBusyException;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import io.jenkins.plugins.octopod.staging.support.UserAuthentication;
import io.jenkins.plugins.octopod.staging.waiting.KeptRequests;
import io.jenkins.plugins.octopod.staging.waiting.RefusedRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequest;
import io.jenkins.plugins.octopod.staging.waiting.WaitingRequestFile.Change;
import io.jenkins.plugins.octopod.staging.waiting.WaitingState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.queue.ItemDeletion;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;

/**
 * Submits the request that waits for a staging as soon as the staging is free, as the user who made it. A refusal is
 * kept until a request is accepted. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class WaitingRequestSubmitter extends StagingListener {

    private static final Logger LOGGER = Logger.getLogger(WaitingRequestSubmitter.class.getName());
    private static final int AGAIN_SECONDS = 2;

    /** Maximum size of all remembered refusals, in characters. */
    private static final int MAX_REFUSED = 2 << 20;

    /** Stagings whose request is being submitted. */
    private final Set<Staging> submitting = ConcurrentHashMap.newKeySet();

    private final SubmissionRetries retries = new SubmissionRetries(this::submitLater);

    /** Ids of requests that waited for a staging that is being deleted. */
    private final Set<String> submittedAfterDeletion = ConcurrentHashMap.newKeySet();

    /** Refusals by request id, for callers that wait for a request which the staging’s file no longer contains. */
    private final Cache<String, RefusedRequest> refusals = Caffeine.newBuilder()
            .maximumWeight(MAX_REFUSED)
            .<String, RefusedRequest>weigher(
                    (id, refused) -> id.length() + refused.sentence().length())
            .expireAfterWrite(Duration.ofHours(24))
            .build();

    static WaitingRequestSubmitter get() {
        return ExtensionList.lookupSingleton(WaitingRequestSubmitter.class);
    }

    /** Returns the refusal of a request in the last 24 hours; null if none is remembered since Jenkins started. */
    @CheckForNull
    RefusedRequest refusal(String requestId) {
        return refusals.getIfPresent(requestId);
    }

    /** Returns whether a request waited for a deleted staging, and isn’t accepted or refused yet. */
    boolean isSubmittedAfterDeletion(String requestId) {
        return submittedAfterDeletion.contains(requestId);
    }

    /** Returns whether the waiting request is retried after a pause, because something that it needs was missing. */
    boolean isRetried(Staging staging) {
        return retries.has(staging);
    }

    @Override
    public void onChanged(@NonNull Staging staging) {
        WaitingState state = staging.waitingRequests().current();
        if (staging.isBusy()) {
            // The retries start over when the staging is free again.
            retries.forget(staging);
        }
        WaitingRequest waiting = state.request();
        if (waiting != null && (!staging.isBusy() || RunLookup.isPending(staging, waiting.requestId()))) {
            submitLater(staging);
        } else if (state.refused() != null && staging.isBusy()) {
            // On another thread, because this writes a file.
            Computer.threadPoolForRemoting.submit(() -> change(staging, this::withoutRefused));
        }
    }

    /** Removes the refusal from the page, but remembers it for callers. */
    private WaitingState withoutRefused(WaitingState state) {
        RefusedRequest refused = state.refused();
        if (refused != null) {
            refusals.put(refused.requestId(), refused);
        }
        return state.withoutRefused();
    }

    /** Submits the waiting request on another thread; does nothing if the staging is busy. */
    void submitLater(Staging staging) {
        Computer.threadPoolForRemoting.submit(() -> submit(staging));
    }

    private void submit(Staging staging) {
        if (Jenkins.get().isTerminating() || !submitting.add(staging)) {
            return;
        }
        try {
            removeAccepted(staging);
            // A thread that was notified in the meantime has found the staging in the set and done nothing.
            boolean again = true;
            while (again) {
                WaitingRequest waiting = staging.waitingRequests().current().request();
                again = waiting != null
                        && !staging.isBusy()
                        && !DeletedStaging.isGone(staging)
                        && !retries.isPausing(staging, waiting)
                        && submit(staging, waiting);
            }
        } finally {
            submitting.remove(staging);
        }
        WaitingRequest left = staging.waitingRequests().current().request();
        if (left == null || staging.isBusy() || DeletedStaging.isGone(staging)) {
            retries.forget(staging);
        } else {
            retries.schedule(staging, left);
        }
    }

    /**
     * Removes a pending request from the file, which contains it if Jenkins was stopped while it was being accepted.
     * Once the action is cancelled, nothing else shows that the request was accepted.
     */
    private void removeAccepted(Staging staging) {
        WaitingRequest waiting = staging.waitingRequests().current().request();
        if (waiting != null && RunLookup.isPending(staging, waiting.requestId())) {
            change(staging, state -> state.without(waiting.requestId()));
        }
    }

    /** Returns whether to look for a waiting request again at once. */
    private boolean submit(Staging staging, WaitingRequest waiting) {
        String id = waiting.requestId();
        if (isAccepted(staging, id)) {
            // It was accepted, and Jenkins was stopped before the file was updated.
            change(staging, state -> state.without(id));
            return false;
        }
        try (ACLContext ignored = ACL.as2(UserAuthentication.of(waiting.user()))) {
            StagingService.submit(with(waiting, StagingRequest.builder(staging, kind(waiting)))
                    .expectedVersion(version(waiting))
                    .build());
            AtomicBoolean stillWaiting = new AtomicBoolean();
            change(staging, state -> {
                stillWaiting.set(state.isWaiting(id));
                return state.without(id);
            });
            if (!stillWaiting.get()) {
                abortCancelled(staging, id);
            }
            return false;
        } catch (StagingBusyException e) {
            return true;
        } catch (AccessDeniedException e) {
            return refuse(staging, waiting, e.getMessage());
        } catch (RefusalException | RuntimeException e) {
            return !isShuttingDown(e) && retry(staging, waiting, e);
        } catch (InterruptedException e) {
            // Jenkins is stopping. The request still waits after the restart.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isShuttingDown(Exception e) {
        return e instanceof RefusalException refusal && refusal.getReason() == Reason.SHUTTING_DOWN;
    }

    /**
     * Returns whether the failure may be temporary: something is missing, such as an agent that is reconnecting, or
     * another plugin that provides credentials or users has failed.
     */
    private static boolean mayPass(Exception e) {
        return !(e instanceof RefusalException refusal) || refusal.getReason() == Reason.UNAVAILABLE;
    }

    /** Schedules a retry or refuses the request. Returns false, because looking again at once has no use. */
    private boolean retry(Staging staging, WaitingRequest waiting, Exception e) {
        if (mayPass(e) && retries.add(staging, waiting)) {
            if (retries.isFirst(staging)) {
                logFirst(staging.getFullName(), e);
            }
            return false;
        }
        return refuse(staging, waiting, sentence(e));
    }

    private static void logFirst(String staging, Exception e) {
        LOGGER.log(Level.WARNING, e, () -> "What waits for " + staging + " can't be submitted now; it is tried again");
    }

    /** Returns the message that every user may read, because all who may see the staging read it. */
    private static String sentence(Exception e) {
        Exception told = e.getCause() instanceof ScriptFailureException failure ? failure : e;
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }

    private boolean refuse(Staging staging, WaitingRequest waiting, String sentence) {
        if (DeletedStaging.isGone(staging)) {
            // Its deletion has passed the request on. A different staging may have its directory now.
            return false;
        }
        LOGGER.info(() -> "The request that waited for " + staging.getFullName() + " was refused: " + sentence);
        RefusedRequest refused = new RefusedRequest(waiting, sentence, StagingClock.now());
        change(staging, state -> {
            if (state.isWaiting(refused.requestId())) {
                refusals.put(refused.requestId(), refused);
            }
            return state.with(refused);
        });
        return false;
    }

    /** Aborts a request that was cancelled or replaced while it was being submitted. */
    private static void abortCancelled(Staging staging, String requestId) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            StagingService.abort(staging, requestId);
        }
    }

    private void change(Staging staging, Change<RuntimeException> change) {
        try {
            WaitingState before = staging.waitingRequests().current();
            if (staging.waitingRequests().change(change) != before) {
                StagingListener.fireChanged(staging);
            }
        } catch (IOException e) {
            if (!DeletedStaging.isGone(staging)) {
                LOGGER.log(Level.WARNING, e, () -> "What waits for " + staging.getFullName() + " can't be stored now");
                Runnable again = () -> Computer.threadPoolForRemoting.submit(() -> change(staging, change));
                Timer.get().schedule(again, AGAIN_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static Kind kind(WaitingRequest waiting) {
        return Kind.valueOf(waiting.kind());
    }

    private static StagingRequest.Builder with(WaitingRequest waiting, StagingRequest.Builder request) {
        return request.id(waiting.requestId()).overrides(waiting.overrides()).causes(waiting.causes());
    }

    @CheckForNull
    private static OverridesVersion version(WaitingRequest waiting) {
        String version = waiting.expectedVersion();
        return version == null ? null : new OverridesVersion(version);
    }

    private static boolean isAccepted(Staging staging, String requestId) {
        return RunLookup.isPending(staging, requestId) || RunLookup.run(staging, requestId) != null;
    }

    /**
     * Submits the request that waited for a deleted staging, because the request may be able to create it again.
     *
     * @param before retry that this attempt belongs to; null for the first attempt
     */
    private void submitAfterDeletion(
            OctopodProject project, String gone, WaitingRequest waiting, @CheckForNull SubmissionRetry before) {
        try (ACLContext ignored = ACL.as2(UserAuthentication.of(waiting.user()))) {
            if (isThere(project)) {
                StagingService.submitAfterDeletion(with(waiting, StagingRequest.builder(project, gone, kind(waiting)))
                        .build());
            }
            settled(project, gone, waiting);
        } catch (AccessDeniedException e) {
            refusedAfterDeletion(project, gone, waiting, e.getMessage());
        } catch (RefusalException | RuntimeException e) {
            retryAfterDeletion(project, gone, waiting, before, e);
        } catch (InterruptedException e) {
            // Jenkins is stopping. The request is kept for the next start.
            Thread.currentThread().interrupt();
        }
    }

    private void retryAfterDeletion(
            OctopodProject project,
            String gone,
            WaitingRequest waiting,
            @CheckForNull SubmissionRetry before,
            Exception e) {
        boolean shuttingDown = isShuttingDown(e);
        SubmissionRetry retry = mayPass(e) ? SubmissionRetry.after(before, waiting.requestId()) : null;
        if (retry == null && !shuttingDown) {
            refusedAfterDeletion(project, gone, waiting, sentence(e));
            return;
        }
        if (before == null && !shuttingDown) {
            logFirst(project.getFullName() + "/" + gone, e);
        }
        SubmissionRetry next = shuttingDown ? before : retry;
        Runnable again =
                () -> Computer.threadPoolForRemoting.submit(() -> submitAfterDeletion(project, gone, waiting, next));
        long nanos = shuttingDown ? TimeUnit.SECONDS.toNanos(AGAIN_SECONDS) : retry.remainingNanos();
        Timer.get().schedule(again, nanos, TimeUnit.NANOSECONDS);
    }

    private void refusedAfterDeletion(OctopodProject project, String gone, WaitingRequest waiting, String sentence) {
        LOGGER.info(() ->
                "The request that waited for " + project.getFullName() + "/" + gone + " was refused: " + sentence);
        refusals.put(waiting.requestId(), new RefusedRequest(waiting, sentence, StagingClock.now()));
        settled(project, gone, waiting);
    }

    private void settled(OctopodProject project, String gone, WaitingRequest waiting) {
        KeptRequests.forget(project, gone, waiting.requestId());
        submittedAfterDeletion.remove(waiting.requestId());
    }

    /** Submits the requests that waited for stagings that were deleted before Jenkins was restarted. */
    private void submitKept(OctopodProject project) {
        KeptRequests.all(project).forEach((name, waiting) -> {
            Staging staging = project.childOrNull(name) instanceof Staging found ? found : null;
            if (staging != null && staging.isCleanedUp()) {
                // Its files are still being deleted, perhaps the file of the request first.
                change(staging, state -> state.request() == null ? state.with(waiting) : state);
            } else if (staging != null
                    && (isAccepted(staging, waiting.requestId())
                            || staging.waitingRequests().current().isWaiting(waiting.requestId()))) {
                KeptRequests.forget(project, name, waiting.requestId());
            } else {
                submittedAfterDeletion.add(waiting.requestId());
                submitAfterDeletion(project, name, waiting, null);
            }
        });
    }

    /** Returns false if the project was deleted, or its deletion has begun. */
    private static boolean isThere(OctopodProject project) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return !ItemDeletion.contains(project) && Jenkins.get().getItemByFullName(project.getFullName()) == project;
        }
    }

    /** Finds requests that waited when Jenkins was stopped, and requests that waited for a staging that is deleted. */
    @Extension
    public static final class ItemEvents extends ItemListener {

        @Override
        public void onLoaded() {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                Jenkins.get().allItems(Staging.class).forEach(staging -> get().onChanged(staging));
                List<OctopodProject> projects = Jenkins.get().getAllItems(OctopodProject.class);
                Computer.threadPoolForRemoting.submit(() -> projects.forEach(get()::submitKept));
            }
        }

        @Override
        public void onDeleted(Item item) {
            if (item instanceof Staging staging) {
                WaitingRequest waiting = staging.waitingRequests().current().request();
                if (waiting != null) {
                    get().submittedAfterDeletion.add(waiting.requestId());
                    OctopodProject project = staging.getParent();
                    DeletedStaging.whenGone(
                            staging, () -> get().submitAfterDeletion(project, staging.getName(), waiting, null));
                }
            }
        }
    }
}
