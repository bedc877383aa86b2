package io.jenkins.plugins.octopod.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.ObservedState;
import io.jenkins.plugins.octopod.staging.PendingAction;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * A staging as JSON. Times are ISO 8601, in UTC.
 *
 * @param pending the action that is waiting or running; null where none is
 * @param since when it has got that status
 * @param reason why, in a sentence; null where there is nothing to say
 * @param changed when somebody last asked for something
 * @param actions newest first; only where one asks for one staging
 */
record StagingJson(
        String project,
        String name,
        String url,
        String status,
        @CheckForNull String pending,
        String since,
        @CheckForNull String reason,
        List<Link> links,
        List<OverrideJson> applicationOverrides,
        List<OverrideJson> deploymentOverrides,
        @CheckForNull String branch,
        String created,
        @CheckForNull String createdBy,
        String changed,
        @CheckForNull String changedBy,

        @CheckForNull @JsonInclude(JsonInclude.Include.NON_NULL)
        List<ActionJson> actions) {

    /** As {@code info} has printed it: the URL may be anything. */
    record Link(String name, String url) {

        private static Link of(StagingLink link) {
            return new Link(link.name(), link.url());
        }
    }

    /** @param value null for a key that is removed */
    record OverrideJson(String key, @CheckForNull String value) {

        static List<OverrideJson> listOf(Overrides overrides) {
            List<OverrideJson> list = new ArrayList<>();
            overrides.asMap().forEach((key, value) -> list.add(new OverrideJson(key, value)));
            return list;
        }
    }

    static StagingJson of(Staging staging) {
        ObservedState record = staging.observedState();
        PendingAction pending = record.pending();
        return new StagingJson(
                staging.getParent().getFullName(),
                staging.getName(),
                absolute(staging.getUrl()),
                record.status().name(),
                pending == null ? null : ActionJson.word(pending.action()),
                record.since().toString(),
                record.reason(),
                record.links().stream().map(Link::of).toList(),
                OverrideJson.listOf(staging.getApplicationOverrides()),
                OverrideJson.listOf(staging.getDeploymentOverrides()),
                staging.getBranch(),
                staging.createdAt().toString(),
                staging.getCreatedBy(),
                staging.changedAt().toString(),
                staging.getChangedBy(),
                null);
    }

    StagingJson with(List<ActionJson> all) {
        return new StagingJson(
                project,
                name,
                url,
                status,
                pending,
                since,
                reason,
                links,
                applicationOverrides,
                deploymentOverrides,
                branch,
                created,
                createdBy,
                changed,
                changedBy,
                all);
    }

    /** Where Jenkins knows its own address. */
    static String absolute(String url) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? url : root + url;
    }
}
