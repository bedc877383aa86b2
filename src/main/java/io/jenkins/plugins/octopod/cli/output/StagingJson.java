package io.jenkins.plugins.octopod.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.AbsoluteUrl;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.note.WrittenNote;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.List;

/**
 * JSON representation of a staging. Times are ISO 8601, in UTC.
 *
 * @param note note of the staging; {@code null} if there is none
 * @param actions actions of the staging, newest first; {@code null} unless a single staging was requested
 */
@ModuleInternal
public record StagingJson(
        @JsonUnwrapped Identity identity,
        @JsonUnwrapped Condition condition,
        List<Link> links,
        @JsonUnwrapped OverridesJson overrides,
        @CheckForNull String branch,
        @CheckForNull WrittenNote note,
        @JsonUnwrapped Audit audit,

        @CheckForNull @JsonInclude(JsonInclude.Include.NON_NULL)
        List<ActionJson> actions) {

    /** Names and URL of a staging. */
    record Identity(String project, String name, String url) {

        private static Identity of(Staging staging) {
            return new Identity(staging.getParent().getFullName(), staging.getName(), AbsoluteUrl.of(staging.getUrl()));
        }
    }

    /**
     * Status of a staging.
     *
     * @param pending action that is waiting or running, or {@code null} if there is none
     * @param since when the staging got its status
     * @param reason sentence that explains the status, or {@code null} if there is nothing to explain
     */
    record Condition(
            String status,
            @CheckForNull String pending,
            String since,
            @CheckForNull String reason) {

        private static Condition of(ObservedState observedState) {
            PendingAction pending = observedState.pending();
            return new Condition(
                    observedState.status().name(),
                    pending == null ? null : ActionJson.word(pending.action()),
                    observedState.since().toString(),
                    observedState.reason());
        }
    }

    /** Link that {@code info} printed, with any URL. */
    record Link(String name, String url) {

        private static Link of(StagingLink link) {
            return new Link(link.name(), link.url());
        }
    }

    /**
     * Who requested something of a staging, and when.
     *
     * @param changed time of the last request
     */
    record Audit(
            String created,
            @CheckForNull String createdBy,
            String changed,
            @CheckForNull String changedBy) {

        private static Audit of(Staging staging) {
            return new Audit(
                    staging.createdAt().toString(),
                    staging.getCreatedBy(),
                    staging.changedAt().toString(),
                    staging.getChangedBy());
        }
    }

    public static StagingJson of(Staging staging) {
        ObservedState observedState = staging.observedState();
        return new StagingJson(
                Identity.of(staging),
                Condition.of(observedState),
                observedState.links().stream().map(Link::of).toList(),
                OverridesJson.of(staging),
                staging.getBranch(),
                WrittenNote.of(staging.note()),
                Audit.of(staging),
                null);
    }

    public StagingJson with(List<ActionJson> all) {
        return new StagingJson(identity, condition, links, overrides, branch, note, audit, all);
    }
}
