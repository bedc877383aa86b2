package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ScriptCredentialsProvider;
import io.jenkins.plugins.octopod.staging.build.BranchSourceInfo;
import io.jenkins.plugins.octopod.staging.build.RecentDeployments;
import io.jenkins.plugins.octopod.staging.build.RecentDeployments.Deployment;
import io.jenkins.plugins.octopod.staging.build.RecentDeployments.Snapshot;
import io.jenkins.plugins.octopod.staging.lifetime.DeployingBuild;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.Jenkins;

/**
 * Values that keys have recently had on the stagings that the current user may see.
 *
 * @param tagKey key whose value is the deployed version
 * @param pending whether to ask again soon, because more values are being read
 * @param deployment values of deployment keys
 * @param application values of application keys
 */
record RecentValues(String tagKey, boolean pending, List<Key> deployment, List<Key> application) {

    /** A longer value is no suggestion that a user could recognize. */
    private static final int MAX_LENGTH = 200;

    private static final int MAX_KEYS = 500;

    private static final int MAX_VALUES = 8;

    private static final int MAX_VERSIONS = 50;

    /**
     * Values of a key.
     *
     * @param values values, the newest first
     */
    record Key(String key, List<Value> values) {}

    /**
     * A value with the newest deployment that had it.
     *
     * @param staging name of the staging
     * @param at time of the deployment in milliseconds since 1970
     * @param deployer branch or pull request of the build that deployed it, or else the name of the job; null if no build
     *     did, or if the user may not see the job
     * @param number number of the build; 0 if {@code deployer} is null
     */
    record Value(
            String value,
            String staging,
            long at,
            @CheckForNull String deployer,
            int number) {}

    /** Returns the values that are in memory. Reads no file. */
    static RecentValues of(OctopodProject project) {
        Snapshot snapshot = RecentDeployments.get().visibleIn(project);
        Collector collector = new Collector(project.getTagKey());
        return new RecentValues(
                project.getTagKey(),
                snapshot.pending(),
                collector.keys(snapshot.newestFirst(), StagingOverrides::deployment),
                collector.keys(snapshot.newestFirst(), StagingOverrides::application));
    }

    /** Collects the values of one response. */
    private static final class Collector {

        private final String tagKey;
        private final Map<String, Optional<String>> origins = new HashMap<>();

        Collector(String tagKey) {
            this.tagKey = tagKey;
        }

        List<Key> keys(List<Deployment> newestFirst, Function<StagingOverrides, Overrides> section) {
            Map<String, Map<String, Value>> found = new LinkedHashMap<>();
            Set<String> secretKeys = new HashSet<>();
            for (Deployment deployment : newestFirst) {
                section.apply(deployment.overrides()).asMap().forEach((key, value) -> {
                    if (ScriptCredentialsProvider.isReference(value)) {
                        secretKeys.add(key);
                    } else if (isSuggestion(value) && (found.containsKey(key) || found.size() < MAX_KEYS)) {
                        add(found.computeIfAbsent(key, any -> new LinkedHashMap<>()), key, value, deployment);
                    }
                });
            }
            found.keySet().removeAll(secretKeys);
            return found.entrySet().stream()
                    .map(entry ->
                            new Key(entry.getKey(), List.copyOf(entry.getValue().values())))
                    .toList();
        }

        private void add(Map<String, Value> values, String key, String value, Deployment deployment) {
            if (!values.containsKey(value) && values.size() < (key.equals(tagKey) ? MAX_VERSIONS : MAX_VALUES)) {
                DeployingBuild build = deployment.build();
                String origin = build == null
                        ? null
                        : origins.computeIfAbsent(build.job(), Collector::origin)
                                .orElse(null);
                values.put(
                        value,
                        new Value(
                                value,
                                deployment.staging().getName(),
                                deployment.at().toEpochMilli(),
                                origin,
                                origin == null ? 0 : build.number()));
            }
        }

        private static boolean isSuggestion(@CheckForNull String value) {
            return value != null
                    && !value.isBlank()
                    && value.length() <= MAX_LENGTH
                    && value.lines().count() == 1;
        }

        private static Optional<String> origin(String fullName) {
            Job<?, ?> job = job(fullName);
            if (job == null || !ItemVisibility.isVisible(job)) {
                return Optional.empty();
            }
            BranchSourceInfo.Head head = BranchSourceInfo.head(job);
            return Optional.of(head == null ? job.getFullDisplayName() : head.name());
        }

        /** Finds the job as SYSTEM, because a user who may not see a folder gets an exception. */
        @CheckForNull
        private static Job<?, ?> job(String fullName) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                return Jenkins.get().getItemByFullName(fullName, Job.class);
            }
        }
    }
}
