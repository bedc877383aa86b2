package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.time.Duration;

/**
 * Records on a credential’s page that a project uses it outside a run, at most once per {@link #ENOUGH_FOR}. Checks use
 * credentials every few seconds, and each record is a file that is written. Thread-safe.
 */
final class CredentialsUsageTracker {

    private static final Duration RECORD_INTERVAL = Duration.ofHours(1);

    private final Cache<Use, Boolean> noted =
            Caffeine.newBuilder().expireAfterWrite(RECORD_INTERVAL).build();

    private record Use(String project, String credentials) {}

    void track(OctopodProject project, StandardCredentials credentials) {
        boolean[] first = {false};
        noted.get(new Use(project.getFullName(), credentials.getId()), use -> first[0] = true);
        if (first[0]) {
            CredentialsProvider.track(project, credentials);
        }
    }
}
