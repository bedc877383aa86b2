package io.jenkins.plugins.octopod.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when an account’s token expires. A cluster’s own tokens contain the time in the claim {@code exp} of a JWT. */
public final class TokenLifetime {

    private static final Pattern END = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,11})\\b");

    private TokenLifetime() {}

    /**
     * Returns when the token expires. Doesn’t check its signature.
     *
     * @return empty if the token doesn’t contain the time
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
