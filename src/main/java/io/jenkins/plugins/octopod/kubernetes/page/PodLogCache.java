package io.jenkins.plugins.octopod.kubernetes.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Computer;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterFailure;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.scripts.secrets.SecretMask;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Cache of the ends of pod logs that users look at. A caller gets the known end, and the log is fetched on another
 * thread. No caller waits for a cluster, and all users of the same log share one request. Thread-safe.
 */
final class PodLogCache {

    private static final Logger LOGGER = Logger.getLogger(PodLogCache.class.getName());

    /** Limit in characters of a log that is kept. */
    private static final int MAX_LENGTH = 256 * 1024;

    /**
     * Limit in bytes of a log that is read. A server cuts off the end at this limit, so it is far above the usual size
     * of the requested lines.
     */
    private static final int MAX_READ_BYTES = 15 * MAX_LENGTH;

    private static final int MAX_LOGS = 64;
    private static final Duration RETENTION = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Limits the logs that are fetched at the same time. A fetch that hangs ends with its request’s time limit. */
    private final Semaphore permits = new Semaphore(8);

    private final Cache<LogKey, Log> logs = Caffeine.newBuilder()
            .maximumSize(MAX_LOGS)
            .expireAfterAccess(RETENTION)
            .build();

    /**
     * Identifies a log.
     *
     * @param watchedStaging staging whose secrets are masked in the log
     * @param lines maximum number of lines, counted from the end of the log
     * @param previous whether the log is that of the container’s previous run, and not of the current one
     */
    record LogKey(WatchedStaging watchedStaging, String pod, String container, int lines, boolean previous) {}

    /**
     * Currently known state of a log.
     *
     * @param text end of the log, or {@code null} if it isn’t known yet, or not available
     * @param problem sentence that says why the log isn’t available, or {@code null} if there is no problem
     */
    record CachedLog(
            @CheckForNull String text, @CheckForNull String problem) {
        boolean isLoading() {
            return text == null && problem == null;
        }
    }

    private static final class Log {
        private final AtomicBoolean inProgress = new AtomicBoolean();
        private volatile CachedLog cachedLog = new CachedLog(null, null);
        private volatile long freshUntil = System.nanoTime();
    }

    /** Returns the known state of a log, and fetches the log in the background if that is old. */
    CachedLog ask(LogKey logKey) {
        Log log = logs.get(logKey, key -> new Log());
        if (System.nanoTime() - log.freshUntil >= 0 && log.inProgress.compareAndSet(false, true)) {
            Computer.threadPoolForRemoting.execute(() -> fetch(logKey, log));
        }
        return log.cachedLog;
    }

    private void fetch(LogKey logKey, Log log) {
        try {
            if (permits.tryAcquire()) {
                try {
                    log.cachedLog = fetch(logKey);
                } finally {
                    permits.release();
                }
            }
        } finally {
            log.freshUntil = System.nanoTime() + FRESH.toNanos();
            log.inProgress.set(false);
        }
    }

    /**
     * Fetches a log by its URL. The client’s own method waits until the pod is ready, and a pod that crashes never is.
     */
    private static CachedLog fetch(LogKey logKey) {
        String address = "/api/v1/namespaces/"
                + Util.rawEncode(logKey.watchedStaging().watch().namespace()) + "/pods/"
                + Util.rawEncode(logKey.pod()) + "/log?container=" + Util.rawEncode(logKey.container())
                + "&tailLines=" + logKey.lines() + "&limitBytes=" + MAX_READ_BYTES + "&previous=" + logKey.previous();
        try {
            String log = logKey.watchedStaging().connection().client().raw(address);
            return log == null
                    ? new CachedLog(null, Messages.PodLogCache_none())
                    : new CachedLog(end(log, logKey.watchedStaging().mask()), null);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "The log of " + logKey.pod() + " can’t be had");
            return new CachedLog(null, sentence(e));
        }
    }

    /** Masks the log before cutting it. A long log might already be cut at its end, in the middle of a secret. */
    private static String end(String log, SecretMask secretMask) {
        String masked = log.length() > MAX_LENGTH ? secretMask.applyToTruncated(log) : secretMask.apply(log);
        return masked.substring(Math.max(0, masked.length() - MAX_LENGTH));
    }

    private static String sentence(RuntimeException e) {
        return switch (ClusterFailure.code(e)) {
            case 403 -> Messages.PodLogCache_forbidden();
            case 400, 404 -> Messages.PodLogCache_none();
            default -> ClusterFailure.sentence(e);
        };
    }
}
