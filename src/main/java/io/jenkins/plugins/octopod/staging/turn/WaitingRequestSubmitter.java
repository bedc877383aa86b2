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
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
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
 * Submits the request that waits for a staging as soon as the staging is free, as the user who has made it. A refusal is kept
 * until a request is accepted. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class WaitingRequestSubmitter extends StagingListener {

    private static final Logger LOGGER = Logger.getLogger(WaitingRequestSubmitter.class.getName());
    private static final int AGAIN_SECONDS = 2;

    /** Of all refusals that are remembered, in characters. */
    private static final int MAX_REFUSED = 2 << 20;

    /** The stagings whose request is being submitted. */
    private final Set<Staging> submitting = ConcurrentHashMap.newKeySet();

    private final SubmissionRetries retries = new SubmissionRetries(this::submitLater);

    /** The ids of requests that waited for a staging that is being deleted. */
    private final Set<String> submittedAfterDeletion = ConcurrentHashMap.newKeySet();

    /** By request id: what was refused, for callers that wait for a request of which the staging’s file doesn’t tell any more. */
    private final Cache<String, RefusedRequest> refusals = Caffeine.newBuilder()
            .maximumWeight(MAX_REFUSED)
            .<String, RefusedRequest>weigher(
                    (id, refused) -> id.length() + refused.sentence().length())
            .expireAfterWrite(Duration.ofHours(24))
            .build();

    static WaitingRequestSubmitter get() {
        return ExtensionList.lookupSingleton(WaitingRequestSubmitter.class);
    }

    /** The refusal of a request within the last 24 hours and since the start of Jenkins; null if none is remembered. */
    @CheckForNull
    RefusedRequest refusal(String requestId) {
        return refusals.getIfPresent(requestId);
    }

    /** Whether that request waited for a staging that is deleted, and isn’t accepted or refused yet. */
    boolean isSubmittedAfterDeletion(String requestId) {
        return submittedAfterDeletion.contains(requestId);
    }

    /** Whether what waits for the staging is submitted again after a pause, as something that it needs was missing. */
    boolean isRetried(Staging staging) {
        return retries.has(staging);
    }

    @Override
    public void onChanged(@NonNull Staging staging) {
        WaitingState state = staging.waitingRequests().current();
        if (staging.isBusy()) {
            // The time of whatever is missing begins anew when the staging is free again.
            retries.forget(staging);
        }
        WaitingRequest waiting = state.request();
        if (waiting != null && (!staging.isBusy() || RunLookup.isPending(staging, waiting.requestId()))) {
            submitLater(staging);
        } else if (state.refused() != null && staging.isBusy()) {
            // Not here, as it writes a file.
            Computer.threadPoolForRemoting.submit(() -> change(staging, this::withoutRefused));
        }
    }

    /** The page doesn’t show the refusal any more. */
    private WaitingState withoutRefused(WaitingState state) {
        RefusedRequest refused = state.refused();
        if (refused != null) {
            refusals.put(refused.requestId(), refused);
        }
        return state.withoutRefused();
    }

    /** Submits on another thread what waits for the staging; does nothing if the staging is busy. */
    void submitLater(Staging staging) {
        Computer.threadPoolForRemoting.submit(() -> submit(staging));
    }

    private void submit(Staging staging) {
        if (Jenkins.get().isTerminating() || !submitting.add(staging)) {
            return;
        }
        try {
            removeAccepted(staging);
            // Whoever was told meanwhile that the staging is free has found it in the set.
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
     * Jenkins was stopped when the request was accepted, and the file didn’t say so yet. While the request is pending that is known; if
     * it is cancelled then, nothing is left that says so.
     */
    private void removeAccepted(Staging staging) {
        WaitingRequest waiting = staging.waitingRequests().current().request();
        if (waiting != null && RunLookup.isPending(staging, waiting.requestId())) {
            change(staging, state -> state.without(waiting.requestId()));
        }
    }

    /** Returns whether it is worth looking again at once. */
    private boolean submit(Staging staging, WaitingRequest waiting) {
        String id = waiting.requestId();
        if (isAccepted(staging, id)) {
            // It was accepted, and Jenkins was stopped before the file said so.
            change(staging, state -> state.without(id));
            return false;
        }
        try (ACLContext ignored = ACL.as2(UserAuthentication.of(waiting.user()))) {
            StagingService.submit(request(staging.getParent(), staging.getName(), waiting), id, version(waiting));
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
            // Jenkins stops; the request is still there after the restart.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isShuttingDown(Exception e) {
        return e instanceof RefusalException refusal && refusal.getReason() == Reason.SHUTTING_DOWN;
    }

    /**
     * Returns whether the failure says nothing of the request: what it needs is missing, such as an agent that is reconnecting, or
     * another plugin, which is asked for credentials or users, has failed.
     */
    private static boolean mayPass(Exception e) {
        return !(e instanceof RefusalException refusal) || refusal.getReason() == Reason.UNAVAILABLE;
    }

    /** Returns false, as it isn’t worth looking again at once. */
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

    /** In the form for every user, as all who may see the staging read it. */
    private static String sentence(Exception e) {
        Exception told = e.getCause() instanceof ScriptFailureException failure ? failure : e;
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }

    private boolean refuse(Staging staging, WaitingRequest waiting, String sentence) {
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

    /** It was called off, or replaced, while it was being submitted. */
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

    private static StagingRequest request(OctopodProject project, String staging, WaitingRequest waiting) {
        return new StagingRequest(
                project,
                staging,
                null,
                Kind.valueOf(waiting.kind()),
                waiting.applicationOverrides(),
                waiting.deploymentOverrides(),
                waiting.causes());
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
     * Submits what waited for a staging that was cleaned up: to create it again is what may be wanted.
     *
     * @param before the attempt that this is; null for the first one
     */
    private void submitAfterDeletion(
            OctopodProject project, String gone, WaitingRequest waiting, @CheckForNull SubmissionRetry before) {
        try (ACLContext ignored = ACL.as2(UserAuthentication.of(waiting.user()))) {
            if (isThere(project)) {
                StagingService.submit(request(project, gone, waiting), waiting.requestId(), null);
            }
            settled(project, gone, waiting);
        } catch (AccessDeniedException e) {
            refusedAfterDeletion(project, gone, waiting, e.getMessage());
        } catch (RefusalException | RuntimeException e) {
            retryAfterDeletion(project, gone, waiting, before, e);
        } catch (InterruptedException e) {
            // Jenkins stops; the request is kept for the next start.
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

    /** Submits what waited for stagings that were deleted when Jenkins was stopped. */
    private void submitKept(OctopodProject project) {
        KeptRequests.all(project).forEach((name, waiting) -> {
            Staging staging = project.childOrNull(name) instanceof Staging found ? found : null;
            if (staging != null && staging.isCleanedUp()) {
                // Its files are still being deleted, and the request’s own one may have been the first.
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

    /** The project may have been deleted, or its deletion may have begun. */
    private static boolean isThere(OctopodProject project) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return !ItemDeletion.contains(project) && Jenkins.get().getItemByFullName(project.getFullName()) == project;
        }
    }

    /** Finds what waited when Jenkins was stopped, and what waited for a staging that is deleted. */
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
