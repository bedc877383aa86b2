package io.jenkins.plugins.octopod.pipeline.pullrequest;

import io.jenkins.plugins.octopod.staging.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks of one staging that might change, oldest first, and whether a thread is publishing them. Only one thread does
 * so at a time, so that they are published in order. Thread-safe. {@link #acquire} never waits for a file, because the
 * thread that changes a staging calls it.
 */
final class StagingChecks {

    /** Limit of checks that can’t be published. The oldest ones matter least. */
    private static final int MAX_SIZE = 20;

    private final Staging staging;

    /** Guards changes of the checks, which are written to a file. */
    private final Object storage = new Object();

    private volatile List<PublishedCheck> checks;
    private volatile boolean deleted;

    // Guarded by this.
    private boolean acquired;
    private boolean changed;

    private final PublishingRetries retries = new PublishingRetries();

    /** Reads the staging’s file. */
    StagingChecks(Staging staging) {
        this.staging = staging;
        checks = PublishedChecksFile.read(staging);
    }

    Staging staging() {
        return staging;
    }

    PublishingRetries retries() {
        return retries;
    }

    /**
     * Adds and stores a check, unless the request already has one. It replaces an earlier check of the same build,
     * because a platform shows both as one: the end of the earlier deployment must not hide that of this one.
     */
    void add(PublishedCheck check) {
        synchronized (storage) {
            if (checks.stream().noneMatch(each -> each.requestId().equals(check.requestId()))) {
                List<PublishedCheck> next = new ArrayList<>(checks);
                next.removeIf(each -> each.isOfBuild(check.buildId()));
                next.add(check);
                store(next.subList(Math.max(0, next.size() - MAX_SIZE), next.size()));
            }
        }
    }

    List<PublishedCheck> list() {
        return checks;
    }

    /** Stores what was published. */
    void replace(PublishedCheck before, PublishedCheck after) {
        synchronized (storage) {
            store(checks.stream()
                    .map(check -> check.requestId().equals(before.requestId()) ? after : check)
                    .toList());
        }
    }

    void remove(PublishedCheck removed) {
        removeIf(check -> check.requestId().equals(removed.requestId()));
    }

    /** Removes the checks of a build, because a later request of the build has decided what they show. */
    void removeOf(String buildId) {
        removeIf(check -> check.isOfBuild(buildId));
    }

    private void removeIf(Predicate<PublishedCheck> removed) {
        synchronized (storage) {
            store(checks.stream().filter(removed.negate()).toList());
        }
    }

    /** Returns whether the check can be published: it was not removed since, and no pause after a failure is left. */
    boolean isDue(PublishedCheck check) {
        return checks.stream().anyMatch(each -> each.requestId().equals(check.requestId())) && retries.isDue(check);
    }

    /** Removes the checks that don’t change again: of failed deployments, and those before the last that succeeded. */
    void removeFinal() {
        synchronized (storage) {
            List<PublishedCheck> open = new ArrayList<>();
            boolean replaced = false;
            for (int i = checks.size() - 1; i >= 0; i--) {
                CheckPhase phase = checks.get(i).phase();
                boolean deployed = phase != null && phase.isDeployed();
                if (phase == null || !phase.isFinal() && !(deployed && replaced)) {
                    open.add(0, checks.get(i));
                }
                replaced |= deployed;
            }
            if (open.size() < checks.size()) {
                store(open);
            }
        }
    }

    private void store(List<PublishedCheck> next) {
        checks = List.copyOf(next);
        retries.retain(checks);
        if (!deleted) {
            PublishedChecksFile.write(staging, checks);
        }
    }

    /**
     * Acquires the checks for publishing. If they are already acquired, the thread that publishes them looks again.
     *
     * @return whether the caller must publish them
     */
    synchronized boolean acquire() {
        if (acquired) {
            changed = true;
            return false;
        }
        acquired = !checks.isEmpty();
        return acquired;
    }

    /** Releases the checks, unless something has changed in the meantime. */
    synchronized boolean releaseIfUnchanged() {
        boolean release = !changed;
        changed = false;
        acquired = !release;
        return release;
    }

    synchronized void release() {
        acquired = false;
        changed = false;
    }

    void delete() {
        deleted = true;
    }

    boolean isDeleted() {
        return deleted;
    }
}
