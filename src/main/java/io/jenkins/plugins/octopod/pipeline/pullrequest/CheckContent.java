package io.jenkins.plugins.octopod.pipeline.pullrequest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Content of a check. All of its text is Markdown without anything that control scripts could add.
 *
 * @param variant differs for contents of the same phase that must be published one after the other
 * @param url address that the check leads to
 * @param run run of the deployment; null if it has none
 * @param text text below the summary; empty for none
 */
record CheckContent(
        CheckPhase phase,
        int variant,
        String url,
        @CheckForNull StagingRun run,
        String title,
        String summary,
        String text) {

    /** Returns what the plugin publishes. */
    ChecksDetails details(String name) {
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName(name)
                .withStatus(status())
                .withConclusion(conclusion())
                .withOutput(output());
        String scheme = url.toLowerCase(Locale.ROOT);
        // The address of Jenkins might not be configured.
        if (scheme.startsWith("https://") || scheme.startsWith("http://")) {
            details.withDetailsURL(url);
        }
        if (run != null && phase != CheckPhase.QUEUED) {
            details.withStartedAt(time(run.getStartTimeInMillis()));
            if (status() == ChecksStatus.COMPLETED) {
                details.withCompletedAt(time(run.getStartTimeInMillis() + run.getDuration()));
            }
        }
        return details.build();
    }

    private ChecksOutput output() {
        ChecksOutputBuilder output = new ChecksOutputBuilder().withTitle(title).withSummary(summary);
        if (!text.isEmpty()) {
            output.withText(text);
        }
        return output.build();
    }

    private ChecksStatus status() {
        return switch (phase) {
            case QUEUED -> ChecksStatus.QUEUED;
            case IN_PROGRESS -> ChecksStatus.IN_PROGRESS;
            case RUNNING, FAILED, CANCELED, ARCHIVED -> ChecksStatus.COMPLETED;
        };
    }

    private ChecksConclusion conclusion() {
        return switch (phase) {
            case QUEUED, IN_PROGRESS -> ChecksConclusion.NONE;
            case RUNNING -> ChecksConclusion.SUCCESS;
            case FAILED -> ChecksConclusion.FAILURE;
            case CANCELED -> ChecksConclusion.CANCELED;
            case ARCHIVED -> ChecksConclusion.NEUTRAL;
        };
    }

    /** Returns a time as the platforms expect it. */
    private static LocalDateTime time(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
