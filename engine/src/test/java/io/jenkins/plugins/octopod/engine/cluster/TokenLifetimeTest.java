package io.jenkins.plugins.octopod.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenLifetimeTest {

    private static String token(String claims) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Test
    void aTokenOfAClusterSaysWhenItEnds() {
        Optional<Instant> end = Optional.of(Instant.parse("2026-01-01T12:00:00Z"));
        assertEquals(end, TokenLifetime.end(token("{\"aud\":[\"a\"],\"exp\":1767268800,\"iat\":1767265200}")));
        assertEquals(end, TokenLifetime.end(token("{\"exp\" : 1767268800}") + "\n"));
    }

    @Test
    void anyOtherTokenDoesNot() {
        for (String other : new String[] {
            "",
            "first-token",
            "a.b.c",
            "..",
            "a.b",
            token("{}"),
            token("{\"exp\":\"soon\"}"),
            token("{\"exp\":99999999999999}")
        }) {
            assertEquals(Optional.empty(), TokenLifetime.end(other), other);
        }
    }
}
