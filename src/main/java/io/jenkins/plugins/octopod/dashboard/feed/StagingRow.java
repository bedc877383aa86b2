package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.octopod.dashboard.model.WaitingSummary;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * A staging in the feed’s response. To create it reads no file. Times are in milliseconds since 1970. Properties are
 * omitted if they are {@code null}, empty or {@code false}.
 *
 * @param activity pending action of the staging; {@code null} if there is none
 * @param waiting sentence about the request that waits until the staging is free; {@code null} if no request waits
 * @param note note of the staging; {@code null} if there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record StagingRow(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Condition condition,
        @JsonUnwrapped Doubts doubts,
        @CheckForNull Activity activity,
        @CheckForNull String waiting,
        @CheckForNull WrittenNote note,
        List<Link> links,
        @JsonUnwrapped RowConfiguration configuration,
        @JsonUnwrapped Audit audit,
        @JsonUnwrapped Lifetime lifetime,
        @JsonUnwrapped Access access) {

    /**
     * Names and URL of a staging.
     *
     * @param id full name of the staging
     * @param project full name of the project
     * @param url URL relative to Jenkins’ root
     * @param branch branch from which the name was made; {@code null} if there is none, or it is the same as the name
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Identity(
            String id,
            String project,
            String name,
            String url,
            @CheckForNull String branch) {

        private static Identity of(Staging staging) {
            return new Identity(
                    staging.getFullName(),
                    staging.getParent().getFullName(),
                    staging.getName(),
                    staging.getUrl(),
                    staging.getName().equals(staging.getBranch()) ? null : staging.getBranch());
        }
    }

    /**
     * Status of a staging.
     *
     * @param since when the staging got its status
     * @param reason sentence that explains the status; {@code null} if there is nothing to explain
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Condition(
            Status status,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean archived,
            long since,
            @CheckForNull String reason) {

        private static Condition of(ObservedState observedState) {
            return new Condition(
                    observedState.status(),
                    observedState.status().isArchived(),
                    observedState.since().toEpochMilli(),
                    Util.fixEmptyAndTrim(observedState.reason()));
        }
    }

    /**
     * Why the status of a staging might not be true.
     *
     * @param stale since when the status can’t be checked; {@code null} if it isn’t stale
     * @param staleReason sentence that says why the status is stale; {@code null} if it isn’t
     * @param unclear sentence that says why it is unclear whether an earlier script has ended; {@code null} if it is clear
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Doubts(
            @CheckForNull Long stale,
            @CheckForNull String staleReason,
            @CheckForNull String unclear) {

        private static Doubts of(Staging staging) {
            Instant stale = staging.staleSince();
            return new Doubts(
                    stale == null ? null : stale.toEpochMilli(),
                    stale == null ? null : staging.getStaleReason(),
                    StartedScripts.message(staging));
        }
    }

    /**
     * Pending action of a staging.
     *
     * @param run display name of the run; {@code null} if there is none yet
     * @param runUrl URL of the run relative to Jenkins’ root, or of its console if the viewer can read it; {@code null} if
     *     there is no run yet
     * @param started when the run was created; {@code null} if there is no run yet
     * @param estimate estimated duration of the run in milliseconds; {@code null} if unknown
     * @param waitingFor sentence that says why the action hasn’t begun; {@code null} if it has, or the reason is unknown
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Activity(
            StagingAction action,
            @CheckForNull String run,
            @CheckForNull String runUrl,
            @CheckForNull Long started,
            @CheckForNull Long estimate,
            @CheckForNull String waitingFor) {

        static Activity of(Staging staging, PendingAction pending, boolean logReadable) {
            StagingRun run = staging.unfinishedRun();
            if (run != null) {
                long estimate = run.estimate();
                return new Activity(
                        pending.action(),
                        run.getDisplayName(),
                        logReadable ? run.getUrl() + "console" : run.getUrl(),
                        run.getTimeInMillis(),
                        estimate > 0 ? estimate : null,
                        null);
            }
            return new Activity(pending.action(), null, null, null, null, RunLookup.queueReason(staging));
        }
    }

    /**
     * Note of a staging.
     *
     * @param by writer of the note; {@code null} if unknown
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record WrittenNote(String text, @CheckForNull UserView by, long at) {

        @CheckForNull
        private static WrittenNote of(@CheckForNull Note note, UserDirectory userDirectory) {
            return note == null
                    ? null
                    : new WrittenNote(
                            note.text(), userDirectory.get(note.by()), note.at().toEpochMilli());
        }
    }

    /**
     * Link that {@code info} printed.
     *
     * @param name label of the link; the URL if there is none
     * @param safe whether the link is safe to follow; {@code info} can print any URL
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Link(String name, String url, boolean safe) {
        static Link of(StagingLink link) {
            return new Link(link.name().isEmpty() ? link.url() : link.name(), link.url(), link.isSafe());
        }
    }

    /**
     * Requesters of a staging’s creation and last change, with the times.
     *
     * @param createdBy requester of the creation; {@code null} if unknown
     * @param changed time of the last request
     * @param changedBy requester of the last change; {@code null} if unknown
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Audit(
            long created,
            @CheckForNull UserView createdBy,
            long changed,
            @CheckForNull UserView changedBy) {

        private static Audit of(Staging staging, UserDirectory userDirectory) {
            return new Audit(
                    staging.createdAt().toEpochMilli(),
                    userDirectory.get(staging.getCreatedBy()),
                    staging.changedAt().toEpochMilli(),
                    userDirectory.get(staging.getChangedBy()));
        }
    }

    /**
     * Automatic maintenance of a staging.
     *
     * @param expires when Jenkins archives the staging or, if it is archived, cleans it up; {@code null} for never
     * @param expiring whether Jenkins archives the staging within a day
     * @param pinned whether a user pinned the staging, so that Jenkins neither archives nor cleans it up by itself
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Lifetime(
            @CheckForNull Long expires,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean expiring,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean pinned) {

        private static Lifetime of(Staging staging, Status status) {
            Instant end = status.isArchived() ? staging.cleanedUpAt() : staging.expiresAt();
            return new Lifetime(end == null ? null : end.toEpochMilli(), staging.isExpiringSoon(), staging.isPinned());
        }
    }

    /**
     * Permissions of the viewer.
     *
     * @param console URL of the newest run’s console, relative to Jenkins’ root; {@code null} if there is no run, or the
     *     viewer can’t read the console
     * @param may permissions that the viewer has: {@code build}, {@code delete}, {@code abort}
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Access(@CheckForNull String console, List<String> may) {}

    static StagingRow of(Staging staging, ACL acl, Authentication viewer, UserDirectory userDirectory) {
        ObservedState observedState = staging.observedState();
        PendingAction pending = observedState.pending();
        boolean logReadable = acl.hasPermission2(viewer, StagingPermissions.LOG);
        String console =
                logReadable && staging.getNextBuildNumber() > 1 ? staging.getUrl() + "lastBuild/console" : null;
        return new StagingRow(
                Identity.of(staging),
                Condition.of(observedState),
                Doubts.of(staging),
                pending == null ? null : Activity.of(staging, pending, logReadable),
                WaitingSummary.sentence(staging),
                WrittenNote.of(staging.note(), userDirectory),
                observedState.links().stream().map(Link::of).toList(),
                RowConfiguration.of(staging, staging.getParent(), logReadable),
                Audit.of(staging, userDirectory),
                Lifetime.of(staging, observedState.status()),
                new Access(console, permitted(acl, viewer)));
    }

    private static List<String> permitted(ACL acl, Authentication viewer) {
        List<String> permitted = new ArrayList<>(3);
        for (var entry : PERMISSIONS) {
            if (acl.hasPermission2(viewer, entry.permission())) {
                permitted.add(entry.name());
            }
        }
        return permitted;
    }

    private record Named(String name, Permission permission) {}

    private static final List<Named> PERMISSIONS =
            List.of(new Named("build", Item.BUILD), new Named("delete", Item.DELETE), new Named("abort", Item.CANCEL));
}
