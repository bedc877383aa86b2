package io.jenkins.plugins.octopod.api.v2.operations;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Key with which a client marks a request as a repetition of an earlier one. The request’s id is derived from the key.
 * Therefore a run shows the key with which it was requested, and the key needs no storage.
 *
 * @param owner digest of the user and the key
 * @param content digest of the request that was sent with the key
 */
@ModuleInternal
public record IdempotencyKey(String owner, String content) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    /** Length in bytes; a digest has 32. */
    private static final int OWNER = 16;

    private static final int CONTENT = 8;

    /**
     * Returns the key of a request.
     *
     * @param body body of the request; null for none
     * @return null if the request has no key
     * @throws ApiException if the key is invalid
     */
    @CheckForNull
    public static IdempotencyKey of(V2Request request, @CheckForNull Object body) throws ApiException {
        String key = request.servlet().getHeader(HEADER);
        if (key == null) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw new ApiException(400, Messages.IdempotencyKey_invalid(HEADER));
        }
        String user = Jenkins.getAuthentication2().getName();
        String content = request.servlet().getMethod()
                + ' '
                + request.path()
                + ' '
                + new String(V2Json.bytes(body), StandardCharsets.UTF_8);
        return new IdempotencyKey(digest(user + '\0' + key, OWNER), digest(content, CONTENT));
    }

    String requestId() {
        return prefix() + content;
    }

    /** Returns whether the request’s id was derived from the same key of the same user, for any content. */
    boolean hasMade(String requestId) {
        return requestId.startsWith(prefix());
    }

    private String prefix() {
        return owner + '-';
    }

    private static String digest(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java platform has the algorithm.
        }
    }
}
