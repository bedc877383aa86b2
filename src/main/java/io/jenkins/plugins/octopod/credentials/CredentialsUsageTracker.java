package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.time.Duration;

/**
 * Records on a credential’s page that a project uses it outside a run, at most once per {@link #RECORD_INTERVAL}.
 * Checks use credentials every few seconds, and each record is a file that is written. Thread-safe.
 */
final class CredentialsUsageTracker {

    private static final Duration RECORD_INTERVAL = Duration.ofHours(1);

    /**
     * Recorded ids by project. A project that was deleted and created again is a different object, so its use is
     * recorded again.
     */
    private final Cache<OctopodProject, Cache<String, Boolean>> recorded =
            Caffeine.newBuilder().weakKeys().build();

    void track(OctopodProject project, StandardCredentials credentials) {
        Cache<String, Boolean> ids = recorded.get(
                project,
                key -> Caffeine.newBuilder().expireAfterWrite(RECORD_INTERVAL).build());
        if (ids.asMap().putIfAbsent(credentials.getId(), true) == null) {
            CredentialsProvider.track(project, credentials);
        }
    }
}
