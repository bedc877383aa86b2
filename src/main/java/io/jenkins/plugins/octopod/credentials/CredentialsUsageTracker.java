package io.jenkins.plugins.octopod.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records on a credential’s page that a project uses it outside a run, at most once per {@link #RECORD_INTERVAL}. Checks use
 * credentials every few seconds, and each record is a file that is written. Thread-safe.
 */
final class CredentialsUsageTracker {

    private static final Duration RECORD_INTERVAL = Duration.ofHours(1);

    /** The ids of credentials by project. A project that was deleted and created again is another object, and recorded again. */
    private final Cache<OctopodProject, Set<String>> recorded =
            Caffeine.newBuilder().weakKeys().expireAfterWrite(RECORD_INTERVAL).build();

    void track(OctopodProject project, StandardCredentials credentials) {
        if (recorded.get(project, key -> ConcurrentHashMap.newKeySet()).add(credentials.getId())) {
            CredentialsProvider.track(project, credentials);
        }
    }
}
