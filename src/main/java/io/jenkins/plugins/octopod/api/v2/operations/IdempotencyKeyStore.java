package io.jenkins.plugins.octopod.api.v2.operations;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.v2.http.ProblemType;
import io.jenkins.plugins.octopod.api.v2.http.V2ErrorMapper;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.support.WaitingRequestThreads;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Ensures that a request that is sent twice with the same key is carried out once. Keys are kept as long as the
 * operations in {@link OperationRegistry}. After that time, or after a restart, a key is recognized by the runs of the
 * requested staging. The key of a refused request is not kept, so the request can be repeated.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class IdempotencyKeyStore {

    /** Time limit in seconds, because {@code config_check} can take a minute. */
    private static final long TIMEOUT_SECONDS = 75;

    /** Submits a request to the façade. */
    @FunctionalInterface
    public interface RequestSubmitter {
        void submit(String requestId) throws RefusalException, ApiException, InterruptedException;
    }

    private record SubmittedRequest(String content, CompletableFuture<String> requestId) {}

    private final UserBoundedCache<SubmittedRequest> byOwner =
            new UserBoundedCache<>(OperationRegistry.MAX_PER_USER, OperationRegistry.MAX, OperationRegistry.RETENTION);

    @ModuleInternal
    public static IdempotencyKeyStore get() {
        return ExtensionList.lookupSingleton(IdempotencyKeyStore.class);
    }

    /**
     * Submits a request, unless it was submitted before. Concurrent callers with the same key wait for the first one.
     *
     * @param key key of the request; null to submit it in any case
     * @param staging staging of the request; empty if there is none
     * @return id of the request
     * @throws ApiException if the key was used for a different request
     */
    @ModuleInternal
    public String runOnce(@CheckForNull IdempotencyKey key, Optional<Staging> staging, RequestSubmitter submitter)
            throws RefusalException, ApiException, InterruptedException {
        if (key == null) {
            String requestId = UUID.randomUUID().toString();
            submitter.submit(requestId);
            return requestId;
        }
        SubmittedRequest own = new SubmittedRequest(key.content(), new CompletableFuture<>());
        SubmittedRequest first = byOwner.putIfAbsent(key.owner(), own);
        if (first != null) {
            requireSame(first.content().equals(key.content()));
            try (WaitingRequestThreads.Permit ignored = WaitingRequestThreads.acquire()) {
                return await(first.requestId());
            }
        }
        boolean done = false;
        try {
            String known = staging.map(there -> knownId(there, key)).orElse(null);
            if (known == null) {
                submitter.submit(key.requestId());
            } else {
                requireSame(known.equals(key.requestId()));
            }
            own.requestId().complete(key.requestId());
            done = true;
            return key.requestId();
        } catch (RefusalException | ApiException | InterruptedException | RuntimeException e) {
            own.requestId().completeExceptionally(e);
            throw e;
        } finally {
            if (!done) {
                byOwner.remove(key.owner(), own);
            }
        }
    }

    @CheckForNull
    private static String knownId(Staging staging, IdempotencyKey key) {
        String waiting = WaitingRequestService.requestId(staging, key::hasMade);
        return waiting != null ? waiting : RunLookup.requestId(staging, key::hasMade);
    }

    private static void requireSame(boolean same) throws ApiException {
        if (!same) {
            throw V2ErrorMapper.problem(
                    ProblemType.KEY_REUSED, Messages.IdempotencyKeyStore_reused(IdempotencyKey.HEADER));
        }
    }

    private static String await(CompletableFuture<String> requestId)
            throws RefusalException, ApiException, InterruptedException {
        try {
            return requestId.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusalException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof ApiException apiException) {
                throw apiException;
            }
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw inUse();
        } catch (TimeoutException e) {
            throw inUse();
        }
    }

    private static ApiException inUse() {
        return V2ErrorMapper.problem(ProblemType.KEY_IN_USE, Messages.IdempotencyKeyStore_inUse(IdempotencyKey.HEADER));
    }
}
