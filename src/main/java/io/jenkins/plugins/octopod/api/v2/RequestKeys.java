package io.jenkins.plugins.octopod.api.v2;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.RunSearch;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Sees to it that what is asked for twice with one key is done once. Keys are remembered as long as {@link AcceptedOperations}
 * are; beyond that, and after a restart, a key is known by the runs of the staging that is asked for. What was refused isn’t
 * remembered: it may be asked for again.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RequestKeys {

    /** {@code config_check} may take a minute. */
    private static final long PATIENCE_SECONDS = 75;

    /** Asks the façade. */
    @FunctionalInterface
    interface Submission {
        void submit(String requestId) throws RefusalException, Problem, InterruptedException;
    }

    private record Asked(String content, CompletableFuture<String> requestId) {}

    private final Cache<String, Asked> byOwner = Caffeine.newBuilder()
            .maximumSize(AcceptedOperations.MOST)
            .expireAfterWrite(AcceptedOperations.KEPT)
            .build();

    static RequestKeys get() {
        return ExtensionList.lookupSingleton(RequestKeys.class);
    }

    /**
     * Submits it, unless that was done already; those who come with the same key meanwhile wait for the one who was first.
     *
     * @param key null to submit it in any case
     * @param staging that the request is about; empty where there is none
     * @return the id of the request
     * @throws Problem if the key was used for something else
     */
    String once(@CheckForNull RequestKey key, Optional<Staging> staging, Submission submission)
            throws RefusalException, Problem, InterruptedException {
        if (key == null) {
            String requestId = UUID.randomUUID().toString();
            submission.submit(requestId);
            return requestId;
        }
        Asked mine = new Asked(key.content(), new CompletableFuture<>());
        Asked first = byOwner.asMap().putIfAbsent(key.owner(), mine);
        if (first != null) {
            requireSame(first.content().equals(key.content()));
            return await(first.requestId());
        }
        boolean done = false;
        try {
            String known = staging.map(there -> RunSearch.requestId(there, key::hasMade))
                    .orElse(null);
            if (known == null) {
                submission.submit(key.requestId());
            } else {
                requireSame(known.equals(key.requestId()));
            }
            mine.requestId().complete(key.requestId());
            done = true;
            return key.requestId();
        } catch (RefusalException | Problem | InterruptedException | RuntimeException e) {
            mine.requestId().completeExceptionally(e);
            throw e;
        } finally {
            if (!done) {
                byOwner.asMap().remove(key.owner(), mine);
            }
        }
    }

    private static void requireSame(boolean same) throws Problem {
        if (!same) {
            throw Problems.problem(ProblemType.KEY_REUSED, Messages.RequestKeys_reused(RequestKey.HEADER));
        }
    }

    private static String await(CompletableFuture<String> requestId)
            throws RefusalException, Problem, InterruptedException {
        try {
            return requestId.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusalException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            if (e.getCause() instanceof RuntimeException broken) {
                throw broken;
            }
            throw inUse();
        } catch (TimeoutException e) {
            throw inUse();
        }
    }

    private static Problem inUse() {
        return Problems.problem(ProblemType.KEY_IN_USE, Messages.RequestKeys_inUse(RequestKey.HEADER));
    }
}
