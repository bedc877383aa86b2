package io.jenkins.plugins.octopod.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * JSON representation of a staging. Times are ISO 8601, in UTC.
 *
 * @param pending action that is waiting or running, or {@code null} if there is none
 * @param since when the staging got its status
 * @param reason sentence that explains the status, or {@code null} if there is nothing to explain
 * @param changed time of the last request
 * @param actions actions of the staging, newest first; {@code null} unless a single staging was requested
 */
@ModuleInternal
public record StagingJson(
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

    /** Link that {@code info} printed, with any URL. */
    record Link(String name, String url) {

        private static Link of(StagingLink link) {
            return new Link(link.name(), link.url());
        }
    }

    /**
     * JSON representation of an override.
     *
     * @param value value of the key, or {@code null} if the key is removed
     */
    record OverrideJson(String key, @CheckForNull String value) {

        static List<OverrideJson> listOf(Overrides overrides) {
            List<OverrideJson> list = new ArrayList<>();
            overrides.asMap().forEach((key, value) -> list.add(new OverrideJson(key, value)));
            return list;
        }
    }

    public static StagingJson of(Staging staging) {
        ObservedState observedState = staging.observedState();
        PendingAction pending = observedState.pending();
        return new StagingJson(
                staging.getParent().getFullName(),
                staging.getName(),
                absolute(staging.getUrl()),
                observedState.status().name(),
                pending == null ? null : ActionJson.word(pending.action()),
                observedState.since().toString(),
                observedState.reason(),
                observedState.links().stream().map(Link::of).toList(),
                OverrideJson.listOf(staging.getApplicationOverrides()),
                OverrideJson.listOf(staging.getDeploymentOverrides()),
                staging.getBranch(),
                staging.createdAt().toString(),
                staging.getCreatedBy(),
                staging.changedAt().toString(),
                staging.getChangedBy(),
                null);
    }

    public StagingJson with(List<ActionJson> all) {
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

    /** Returns the absolute URL, if Jenkins’ URL is configured. */
    static String absolute(String url) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? url : root + url;
    }
}
