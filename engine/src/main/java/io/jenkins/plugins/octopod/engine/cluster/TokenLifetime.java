package io.jenkins.plugins.octopod.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when a token of an account ends. A cluster’s own tokens say it in the claim {@code exp} of a JWT. */
public final class TokenLifetime {

    private static final Pattern END = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,11})\\b");

    private TokenLifetime() {}

    /**
     * Returns when the token ends. Its signature isn’t looked at.
     *
     * @return empty if the token doesn’t say it
     */
    public static Optional<Instant> end(String token) {
        String[] parts = token.trim().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            Matcher end = END.matcher(new String(claims, StandardCharsets.UTF_8));
            return end.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(end.group(1)))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
