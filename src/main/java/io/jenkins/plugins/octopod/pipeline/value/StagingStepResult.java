package io.jenkins.plugins.octopod.pipeline.value;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * Return value of the steps. It consists of Java’s own maps, lists and strings, which a Pipeline can store across a
 * restart and use in its sandbox without script approval.
 */
@ModuleInternal
public final class StagingStepResult {

    private static final String ABSENT = "Absent";

    private StagingStepResult() {}

    public static Map<String, Object> of(Staging staging) {
        ObservedState observedState = staging.observedState();
        List<Map<String, String>> links = new ArrayList<>();
        for (StagingLink link : observedState.links()) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("name", link.name());
            entry.put("url", link.url());
            links.add(entry);
        }
        return value(
                staging.getParent().getFullName(),
                staging.getName(),
                observedState.status().name(),
                links,
                url(staging));
    }

    /** Returns the value for a staging that doesn’t exist, with the same keys. */
    public static Map<String, Object> absent(String projectFullName, String name) {
        return value(projectFullName, name, ABSENT, new ArrayList<>(), null);
    }

    private static Map<String, Object> value(
            String projectFullName, String name, String status, List<Map<String, String>> links, String url) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("project", projectFullName);
        value.put("name", name);
        value.put("status", status);
        value.put("links", links);
        value.put("url", url);
        return value;
    }

    /** Returns the staging’s URL, which is absolute if Jenkins’ URL is configured. */
    private static String url(Staging staging) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? staging.getUrl() : root + staging.getUrl();
    }
}
