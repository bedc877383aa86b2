package io.jenkins.plugins.octopod.api.v2.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** A user who sends requests without end displaces what is remembered of their own. */
class UserBoundedCacheTest {

    private final UserBoundedCache<String> cache = new UserBoundedCache<>(3, 1000, Duration.ofHours(1));

    private static ACLContext as(String user) {
        return ACL.as2(new UsernamePasswordAuthenticationToken(user, "", List.of()));
    }

    @Test
    void onlyOwnValuesAreDisplaced() {
        try (ACLContext ignored = as("anna")) {
            assertNull(cache.putIfAbsent("of anna", "A"));
        }
        try (ACLContext ignored = as("mallory")) {
            for (int i = 0; i < 100; i++) {
                assertNull(cache.putIfAbsent("of mallory " + i, "M"));
            }
        }
        assertEquals("A", cache.get("of anna"));
        assertNull(cache.get("of mallory 96"));
        for (int i = 97; i < 100; i++) {
            assertEquals("M", cache.get("of mallory " + i));
        }
    }

    @Test
    void aValueThatIsThereStays() {
        try (ACLContext ignored = as("anna")) {
            assertNull(cache.putIfAbsent("key", "first"));
            for (int i = 0; i < 100; i++) {
                assertEquals("first", cache.putIfAbsent("key", "second"));
            }
            cache.update("key", value -> value + " changed");
            cache.update("other", value -> value + " changed");
            assertNull(cache.get("other"));
            cache.remove("key", "first");
            assertEquals("first changed", cache.get("key"));
            cache.remove("key");
            assertNull(cache.get("key"));
        }
    }

    /** As of requests that are refused again and again. */
    @Test
    void whatIsRemovedDisplacesNothing() {
        try (ACLContext ignored = as("anna")) {
            assertNull(cache.putIfAbsent("accepted", "A"));
            for (int i = 0; i < 100; i++) {
                assertNull(cache.putIfAbsent("refused " + i, "R"));
                if (i % 2 == 0) {
                    cache.remove("refused " + i);
                } else {
                    cache.remove("refused " + i, "R");
                }
            }
            assertEquals("A", cache.get("accepted"));
        }
    }

    @Test
    void aKeyThatIsUsedAgainIsTheNewest() {
        try (ACLContext ignored = as("anna")) {
            cache.putIfAbsent("again", "first");
            cache.remove("again");
            cache.putIfAbsent("a", "A");
            cache.putIfAbsent("again", "second");
            cache.putIfAbsent("b", "B");
            assertEquals("second", cache.get("again"));
            cache.putIfAbsent("c", "C");
            assertEquals("second", cache.get("again"));
            assertNull(cache.get("a"));
        }
    }
}
