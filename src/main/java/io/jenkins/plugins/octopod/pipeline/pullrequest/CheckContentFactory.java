package io.jenkins.plugins.octopod.pipeline.pullrequest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import io.jenkins.plugins.octopod.staging.sharing.StagingMarkdown;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what a check shows. Readers of a repository might have no permission in Jenkins. A check contains nothing that
 * needs a permission other than Job/Read and {@link io.jenkins.plugins.octopod.staging.StagingPermissions#LOG}: it has
 * the links and the reason of the run, and the end of the log only if the project allows it.
 */
final class CheckContentFactory {

    /** Limit in characters. A script’s last line can be longer than the texts that platforms take. */
    static final int MAX_REASON = 4_000;

    private final Staging staging;

    CheckContentFactory(Staging staging) {
        this.staging = staging;
    }

    /** Returns what the check shows now; null if it stays as it is. Reads the staging’s runs. */
    @CheckForNull
    CheckContent of(PublishedCheck check) {
        CheckPhase published = check.phase();
        // In this order: a request that is no longer pending already has its run, if it ever gets one.
        ObservedState observed = staging.observedState();
        if (published != null && published.isDeployed()) {
            return observed.pending() == null ? deployed(observed, null, false) : null;
        }
        PendingAction pending = observed.pending();
        StagingRun run = RunLookup.run(staging, check.requestId());
        if (pending != null && pending.requestId().equals(check.requestId())) {
            return pending(run);
        }
        if (run == null) {
            return content(
                    CheckPhase.CANCELED, null, Messages.CheckContentFactory_canceled(), sentence(observed.reason()));
        }
        return run.isBuilding() ? pending(run) : ended(observed, run);
    }

    private CheckContent pending(@CheckForNull StagingRun run) {
        return run != null && run.hasBegun()
                ? content(
                        CheckPhase.IN_PROGRESS,
                        run,
                        Messages.CheckContentFactory_inProgress(),
                        Messages.CheckContentFactory_inProgressSummary(open()))
                : content(
                        CheckPhase.QUEUED,
                        run,
                        Messages.CheckContentFactory_queued(),
                        Messages.CheckContentFactory_inProgressSummary(open()));
    }

    private CheckContent ended(ObservedState observed, StagingRun run) {
        Result result = run.getResult();
        if (result == Result.SUCCESS) {
            return deployed(observed, run, true);
        }
        if (result == Result.ABORTED || result == Result.NOT_BUILT) {
            return content(
                    CheckPhase.CANCELED, run, Messages.CheckContentFactory_canceled(), sentence(run.getReason()));
        }
        boolean withLog = staging.getParent().getPullRequestChecks() == PullRequestChecks.WITH_LOG;
        return new CheckContent(
                CheckPhase.FAILED,
                0,
                url(),
                run,
                Messages.CheckContentFactory_failed(),
                sentence(run.getReason()),
                withLog ? LogTail.of(run) : "");
    }

    /**
     * Returns what the check shows after the deployment.
     *
     * @param first whether nothing of the result is published yet
     */
    @CheckForNull
    private CheckContent deployed(ObservedState observed, @CheckForNull StagingRun run, boolean first) {
        if (observed.status().isArchived()) {
            boolean asleep = staging.isAsleep();
            return new CheckContent(
                    CheckPhase.ARCHIVED,
                    asleep ? 1 : 0,
                    url(),
                    run,
                    asleep ? Messages.CheckContentFactory_asleep() : Messages.CheckContentFactory_archived(),
                    Messages.CheckContentFactory_archivedSummary(open()),
                    "");
        }
        if (!first && observed.status() != Status.Running) {
            return null;
        }
        List<String> links = StagingMarkdown.links(staging);
        return new CheckContent(
                CheckPhase.RUNNING,
                links.hashCode(),
                url(),
                run,
                Messages.CheckContentFactory_running(),
                links.isEmpty()
                        ? Messages.CheckContentFactory_noLinks(open())
                        : links.stream().map(link -> "- " + link).collect(Collectors.joining("\n")),
                "");
    }

    /** Returns what the check of a deleted staging shows; null if it stays as it is. */
    @CheckForNull
    CheckContent deleted(PublishedCheck check, String url) {
        CheckPhase published = check.phase();
        if (published == CheckPhase.ARCHIVED) {
            return null;
        }
        CheckPhase phase = published == CheckPhase.RUNNING ? CheckPhase.ARCHIVED : CheckPhase.CANCELED;
        return new CheckContent(
                phase,
                2,
                url,
                null,
                Messages.CheckContentFactory_deleted(),
                Messages.CheckContentFactory_deletedSummary(),
                "");
    }

    /** Returns what the check of a refused request shows. */
    static CheckContent refused(String reason, String url) {
        return new CheckContent(
                CheckPhase.FAILED, 0, url, null, Messages.CheckContentFactory_refused(), sentence(reason), "");
    }

    private CheckContent content(CheckPhase phase, @CheckForNull StagingRun run, String title, String summary) {
        return new CheckContent(phase, 0, url(), run, title, summary, "");
    }

    private String url() {
        return AbsoluteUrl.of(OpenUrl.of(staging, null));
    }

    private String open() {
        return StagingMarkdown.open(staging, null);
    }

    private static String sentence(@CheckForNull String reason) {
        String text = reason == null ? Messages.CheckContentFactory_noReason() : reason;
        if (text.length() <= MAX_REASON) {
            return StagingMarkdown.text(text);
        }
        int end = MAX_REASON - (Character.isHighSurrogate(text.charAt(MAX_REASON - 1)) ? 1 : 0);
        return StagingMarkdown.text(text.substring(0, end)) + '…';
    }
}
