package io.jenkins.plugins.octopod.kubernetes.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.cluster.StagingWorkloads;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadHealth;
import io.jenkins.plugins.octopod.engine.cluster.WorkloadSnapshot;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterStatusSource;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.extension.StagingPageSection;
import io.jenkins.plugins.octopod.staging.support.MessageDisclosure;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A staging’s workloads on its page, read from memory only. For one request. */
public final class ClusterView implements StagingPageSection.Content {

    /** Interval after which the page is sent even without a change. */
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

    private final Staging staging;

    @CheckForNull
    private final WatchedStaging watchedStaging;

    @CheckForNull
    private final String problem;

    private StagingWorkloads workloads;

    /**
     * Creates the view.
     *
     * @param watchedStaging watched staging, or {@code null} if the cluster can’t be watched
     * @param problem why the cluster can’t be watched; null if it can
     */
    ClusterView(Staging staging, @CheckForNull WatchedStaging watchedStaging, @CheckForNull String problem) {
        this.staging = staging;
        this.watchedStaging = watchedStaging;
        this.problem = problem;
    }

    public Staging getStaging() {
        return staging;
    }

    private StagingWorkloads seen() {
        if (workloads == null) {
            workloads = watchedStaging == null ? StagingWorkloads.NONE : watchedStaging.workloads();
        }
        return workloads;
    }

    /** Returns whether the objects are known, although possibly out of date. */
    public boolean isKnown() {
        return watchedStaging != null && watchedStaging.watch().isKnown();
    }

    /** Returns a sentence about why the page can be out of date; null if it is current. */
    @CheckForNull
    public String getError() {
        String error = watchedStaging == null ? null : watchedStaging.error();
        return error == null ? problem : error;
    }

    /** Returns a sentence about why the warnings can be out of date; null if they are current. */
    @CheckForNull
    public String getWarningsError() {
        return watchedStaging == null ? null : watchedStaging.watch().warningsError();
    }

    @CheckForNull
    @Override
    public String getSentence() {
        if (!isKnown() || getError() != null) {
            return null;
        }
        WorkloadHealth health = WorkloadHealth.of(seen(), ClusterStatusSource.expectedTag(staging));
        return health.sentence().isEmpty() ? null : health.sentence();
    }

    @Override
    public int fingerprint() {
        return Objects.hash(
                watchedStaging == null ? 0 : watchedStaging.version(),
                isKnown(),
                getError(),
                getWarningsError(),
                isLogReadable(),
                getNamespace(),
                // Warnings expire without an event. Counting them would be work for each poll.
                StagingClock.now().getEpochSecond() / REFRESH_INTERVAL.toSeconds());
    }

    /** Returns the namespace; null for users who may not read the project’s settings. */
    @CheckForNull
    public String getNamespace() {
        return watchedStaging == null || !MessageDisclosure.isDetailPermitted(staging.getParent())
                ? null
                : watchedStaging.watch().namespace();
    }

    public List<WorkloadSnapshot> getWorkloads() {
        return seen().workloads();
    }

    public List<PodView> getPods() {
        if (watchedStaging == null) {
            return List.of();
        }
        watchedStaging.watch().usage().refreshIfStale();
        return seen().pods().stream()
                .map(pod -> new PodView(pod, watchedStaging.watch().usage().of(pod.name())))
                .toList();
    }

    /** Returns whether the usage of any pod is known. */
    public boolean isMeasured() {
        return getPods().stream().anyMatch(pod -> pod.getUsed() != null);
    }

    public List<WarningView> getWarnings() {
        return seen().warnings().stream().map(WarningView::new).toList();
    }

    /** Returns whether the current user may read the output of pods. */
    public boolean isLogReadable() {
        return staging.hasPermission(StagingPermissions.LOG);
    }
}
