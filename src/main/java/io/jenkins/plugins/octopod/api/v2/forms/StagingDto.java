package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.ObservedState;
import io.jenkins.plugins.octopod.staging.OverridesVersion;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.List;

/**
 * A staging, as it is wanted and as it is; reads no file.
 *
 * @param id its full name in Jenkins
 * @param project full name
 * @param address in this API
 * @param page its page in Jenkins
 * @param branch what the name was made from; null where somebody gave the name itself
 * @param since when it got that status
 * @param reason why it has it, in a sentence; null where there is nothing to say
 * @param staleSince since when nobody could be asked, so that the status may not be true any more; null where it is
 * @param pending null where nothing is going on
 * @param overridesVersion the tag of its overrides, without the quotes
 * @param changedAt when somebody last asked for something
 * @param expiresAt when it is archived by itself; null where it isn’t
 * @param cleanedUpAt when it is cleaned up by itself; null where it isn’t
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
        @CheckForNull PendingDto pending,
        List<LinkDto> links,
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
        // First: with a newer version for older overrides, an update could undo unawares what another has done.
        String overridesVersion = OverridesVersion.of(staging).version();
        ObservedState record = staging.observedState();
        PendingAction pending = record.pending();
        return new StagingDto(
                staging.getFullName(),
                staging.getParent().getFullName(),
                staging.getName(),
                ApiUrls.staging(staging),
                ApiUrls.page(staging.getUrl()),
                staging.getBranch(),
                record.status(),
                record.status().isArchived(),
                record.since().toString(),
                Util.fixEmptyAndTrim(record.reason()),
                ApiFormat.of(staging.staleSince()),
                staging.getStaleReason(),
                pending == null ? null : PendingDto.of(staging, pending),
                record.links().stream().map(LinkDto::of).toList(),
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
}
