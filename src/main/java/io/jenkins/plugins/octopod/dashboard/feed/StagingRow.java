package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import io.jenkins.plugins.octopod.staging.queue.RunLookup;
import io.jenkins.plugins.octopod.staging.queue.StartedScripts;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * Row of a staging in the response to a page. Reads no file. Times are in milliseconds since 1970, and unknown values
 * are left out.
 *
 * @param activity pending action of the staging
 * @param waiting sentence about the request that waits until the staging is free
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record StagingRow(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Condition condition,
        @JsonUnwrapped Doubts doubts,
        Activity activity,
        String waiting,
        List<Link> links,
        @JsonUnwrapped RowConfiguration configuration,
        @JsonUnwrapped Audit audit,
        @JsonUnwrapped Lifetime lifetime,
        @JsonUnwrapped Access access) {

    /**
     * Names and URL of a staging.
     *
     * @param project full name of the project
     * @param url URL relative to Jenkins’ root
     * @param branch branch from which the name was made, if it differs from the name
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Identity(String id, String project, String name, String url, String branch) {

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
     * @param reason why the staging has its status
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Condition(
            Status status,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean archived,
            long since,
            String reason) {

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
     * @param stale since when the status couldn’t be checked
     * @param staleReason why the status couldn’t be checked
     * @param unclear sentence about why it is unclear whether an earlier script has ended
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Doubts(Long stale, String staleReason, String unclear) {

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
     * @param run display name of the run, if there is one
     * @param runUrl URL of the run, relative to Jenkins’ root: its console if the viewer can read it
     * @param estimate estimated duration in milliseconds
     * @param waitingFor why the action hasn’t begun
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Activity(StagingAction action, String run, String runUrl, Long started, Long estimate, String waitingFor) {

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
     * Link of a staging.
     *
     * @param safe whether users may follow the URL
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Link(String name, String url, boolean safe) {
        static Link of(StagingLink link) {
            return new Link(link.name().isEmpty() ? link.url() : link.name(), link.url(), link.isSafe());
        }
    }

    /** Who requested something of a staging, and when. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Audit(long created, UserView createdBy, long changed, UserView changedBy) {

        private static Audit of(Staging staging, UserDirectory userDirectory) {
            return new Audit(
                    staging.createdAt().toEpochMilli(),
                    userDirectory.get(staging.getCreatedBy()),
                    staging.changedAt().toEpochMilli(),
                    userDirectory.get(staging.getChangedBy()));
        }
    }

    /**
     * What Jenkins will do with a staging by itself.
     *
     * @param expires when the staging is archived or, if it is archived, cleaned up
     * @param expiring whether it expires soon
     * @param pinned whether the staging is kept regardless of its last deployment
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Lifetime(
            Long expires,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean expiring,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean pinned) {

        private static Lifetime of(Staging staging, Status status) {
            Instant end = status.isArchived() ? staging.cleanedUpAt() : staging.expiresAt();
            return new Lifetime(end == null ? null : end.toEpochMilli(), staging.isExpiringSoon(), staging.isPinned());
        }
    }

    /**
     * What the viewer is allowed to see and to do.
     *
     * @param console URL of the newest run’s console, relative to Jenkins’ root, if the viewer can read it
     * @param may permissions of the viewer: {@code build}, {@code delete}, {@code abort}
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Access(String console, List<String> may) {}

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
