package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;

/**
 * A staging with its desired and observed state. Creating this object reads no file.
 *
 * @param id full name of the staging in Jenkins
 * @param project full name of the project
 * @param address URL of the staging in this API
 * @param page URL of the staging’s page in Jenkins
 * @param branch branch name that the staging’s name was made from, or {@code null} if the name was given directly
 * @param since when the staging got its status
 * @param reason sentence that explains the status, or {@code null} if there is nothing to explain
 * @param staleSince since when the status can’t be checked, so that it might be outdated; {@code null} if it is current
 * @param unclear why it is not clear whether an earlier script has ended, or {@code null} if that is clear
 * @param pending action in progress, or {@code null} if there is none
 * @param overridesVersion ETag of the overrides, without the quotes
 * @param changedAt time of the last request
 * @param expiresAt when the staging is archived automatically, or {@code null} if it isn’t
 * @param cleanedUpAt when the staging is cleaned up automatically, or {@code null} if it isn’t
 */
public record StagingDto(
        String id,
        String project,
        String name,
        String address,
        String page,
        @CheckForNull String branch,
        Status status,
        boolean archived,
        String since,
        @CheckForNull String reason,
        @CheckForNull String staleSince,
        @CheckForNull String staleReason,
        @CheckForNull String unclear,
        @CheckForNull Pending pending,
        List<Link> links,
        OverridesDto overrides,
        String overridesVersion,
        String createdAt,
        @CheckForNull String createdBy,
        String changedAt,
        @CheckForNull String changedBy,
        @CheckForNull String expiresAt,
        @CheckForNull String cleanedUpAt,
        boolean pinned,
        boolean asleep) {

    public static StagingDto of(Staging staging) {
        // First: a newer version for older overrides could let an update undo another user’s change by accident.
        String overridesVersion = OverridesVersion.of(staging).version();
        ObservedState observedState = staging.observedState();
        PendingAction pending = observedState.pending();
        return new StagingDto(
                staging.getFullName(),
                staging.getParent().getFullName(),
                staging.getName(),
                ApiUrls.staging(staging),
                ApiUrls.page(staging.getUrl()),
                staging.getBranch(),
                observedState.status(),
                observedState.status().isArchived(),
                observedState.since().toString(),
                Util.fixEmptyAndTrim(observedState.reason()),
                ApiFormat.of(staging.staleSince()),
                staging.getStaleReason(),
                StartedScripts.message(staging),
                pending == null ? null : Pending.of(staging, pending),
                observedState.links().stream().map(Link::of).toList(),
                OverridesDto.of(staging),
                overridesVersion,
                staging.createdAt().toString(),
                staging.getCreatedBy(),
                staging.changedAt().toString(),
                staging.getChangedBy(),
                ApiFormat.of(staging.expiresAt()),
                ApiFormat.of(staging.cleanedUpAt()),
                staging.isPinned(),
                staging.isAsleep());
    }

    /**
     * An action of a staging that is waiting or running.
     *
     * @param operation URL of the operation
     */
    public record Pending(String action, String operation) {

        static Pending of(Staging staging, PendingAction pending) {
            return new Pending(
                    ApiFormat.of(pending.action()),
                    ApiUrls.operation(staging.getParent().getFullName(), staging.getName(), pending.requestId()));
        }
    }

    /**
     * A link that {@code info} printed.
     *
     * @param safe whether the link is safe to follow; {@code info} can print any URL
     */
    public record Link(String name, String url, boolean safe) {

        static Link of(StagingLink link) {
            return new Link(link.name(), link.url(), link.isSafe());
        }
    }
}
