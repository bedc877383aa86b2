package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.api.v2.format.ApiFormat;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.note.WrittenNote;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;

/**
 * A staging with its desired and observed state. Creating this object reads no file.
 *
 * @param pending action in progress, or {@code null} if there is none
 * @param overridesVersion ETag of the overrides, without the quotes
 * @param note note of the staging, or {@code null} if there is none
 */
public record StagingDto(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Condition condition,
        @JsonUnwrapped Doubts doubts,
        @CheckForNull Pending pending,
        List<Link> links,
        OverridesDto overrides,
        String overridesVersion,
        @CheckForNull WrittenNote note,
        @JsonUnwrapped Audit audit,
        @JsonUnwrapped Lifetime lifetime) {

    public static StagingDto of(Staging staging) {
        // Read once: a newer version for older overrides could let an update undo another user’s change by accident.
        StagingOverrides overrides = staging.overrides();
        ObservedState observedState = staging.observedState();
        PendingAction pending = observedState.pending();
        return new StagingDto(
                Identity.of(staging),
                Condition.of(observedState),
                Doubts.of(staging),
                pending == null ? null : Pending.of(staging, pending),
                observedState.links().stream().map(Link::of).toList(),
                OverridesDto.of(overrides),
                OverridesVersion.of(overrides).version(),
                WrittenNote.of(staging.note()),
                Audit.of(staging),
                Lifetime.of(staging));
    }

    /**
     * Names and URLs of a staging.
     *
     * @param id full name of the staging in Jenkins
     * @param project full name of the project
     * @param address URL of the staging in this API
     * @param page URL of the staging’s page in Jenkins
     * @param branch branch name that the staging’s name was made from, or {@code null} if the name was given directly
     */
    record Identity(
            String id,
            String project,
            String name,
            String address,
            String page,
            @CheckForNull String branch) {

        private static Identity of(Staging staging) {
            return new Identity(
                    staging.getFullName(),
                    staging.getParent().getFullName(),
                    staging.getName(),
                    ApiUrls.staging(staging),
                    ApiUrls.page(staging.getUrl()),
                    staging.getBranch());
        }
    }

    /**
     * Status of a staging.
     *
     * @param since when the staging got its status
     * @param reason sentence that explains the status, or {@code null} if there is nothing to explain
     */
    record Condition(
            Status status,
            boolean archived,
            String since,
            @CheckForNull String reason) {

        private static Condition of(ObservedState observedState) {
            return new Condition(
                    observedState.status(),
                    observedState.status().isArchived(),
                    observedState.since().toString(),
                    Util.fixEmptyAndTrim(observedState.reason()));
        }
    }

    /**
     * Why the status of a staging might not be true.
     *
     * @param staleSince since when the status can’t be checked, so that it might be outdated; {@code null} if it is
     *     current
     * @param unclear why it is not clear whether an earlier script has ended, or {@code null} if that is clear
     */
    record Doubts(
            @CheckForNull String staleSince,
            @CheckForNull String staleReason,
            @CheckForNull String unclear) {

        private static Doubts of(Staging staging) {
            return new Doubts(
                    ApiFormat.of(staging.staleSince()), staging.getStaleReason(), StartedScripts.message(staging));
        }
    }

    /**
     * Who requested something of a staging, and when.
     *
     * @param changedAt time of the last request
     */
    record Audit(
            String createdAt,
            @CheckForNull String createdBy,
            String changedAt,
            @CheckForNull String changedBy) {

        private static Audit of(Staging staging) {
            return new Audit(
                    staging.createdAt().toString(),
                    staging.getCreatedBy(),
                    staging.changedAt().toString(),
                    staging.getChangedBy());
        }
    }

    /**
     * What Jenkins will do with a staging by itself.
     *
     * @param expiresAt when the staging is archived automatically, or {@code null} if it isn’t
     * @param cleanedUpAt when the staging is cleaned up automatically, or {@code null} if it isn’t
     */
    record Lifetime(
            @CheckForNull String expiresAt, @CheckForNull String cleanedUpAt, boolean pinned, boolean asleep) {

        private static Lifetime of(Staging staging) {
            return new Lifetime(
                    ApiFormat.of(staging.expiresAt()),
                    ApiFormat.of(staging.cleanedUpAt()),
                    staging.isPinned(),
                    staging.isAsleep());
        }
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
