package io.jenkins.plugins.octopod.api.v2.operations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;

/**
 * Values by key that are kept for a limited time. Each user has a limited number of them: a new value of a user
 * displaces that user’s oldest one, and no value of another user as long as the limit for all users isn’t reached.
 * Thread-safe.
 */
final class UserBoundedCache<V> {

    private final int maxPerUser;
    private final Cache<String, V> values;
    private final Cache<String, Set<String>> keysByUser;

    UserBoundedCache(int maxPerUser, int max, Duration retention) {
        this.maxPerUser = maxPerUser;
        values = Caffeine.newBuilder()
                .maximumSize(max)
                .expireAfterWrite(retention)
                .build();
        keysByUser = Caffeine.newBuilder().expireAfterAccess(retention).build();
    }

    /**
     * Stores a value of the current user.
     *
     * @return the value that the key has already and keeps, or {@code null} if it had none
     */
    @CheckForNull
    V putIfAbsent(String key, V value) {
        V present = values.asMap().putIfAbsent(key, value);
        if (present == null) {
            String displaced = displacedBy(key);
            if (displaced != null) {
                values.invalidate(displaced);
            }
        }
        return present;
    }

    @CheckForNull
    private String displacedBy(String key) {
        Set<String> keys = keysByUser.get(Jenkins.getAuthentication2().getName(), user -> new LinkedHashSet<>());
        synchronized (keys) {
            keys.remove(key); // An expired value might have left its key at an earlier position.
            keys.add(key);
            if (keys.size() <= maxPerUser) {
                return null;
            }
            String oldest = keys.iterator().next();
            keys.remove(oldest);
            return oldest;
        }
    }

    @CheckForNull
    V get(String key) {
        return values.getIfPresent(key);
    }

    /** Changes the value of a key that has one. */
    void update(String key, UnaryOperator<V> change) {
        values.asMap().computeIfPresent(key, (same, value) -> change.apply(value));
    }

    /** Removes a key of the current user. */
    void remove(String key) {
        values.invalidate(key);
        forget(key);
    }

    /** Removes a key of the current user if it still has that value. */
    void remove(String key, V value) {
        if (values.asMap().remove(key, value)) {
            forget(key);
        }
    }

    private void forget(String key) {
        Set<String> keys = keysByUser.getIfPresent(Jenkins.getAuthentication2().getName());
        if (keys != null) {
            synchronized (keys) {
                keys.remove(key);
            }
        }
    }
}
