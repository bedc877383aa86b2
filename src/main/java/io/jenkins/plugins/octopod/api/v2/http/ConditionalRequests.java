package io.jenkins.plugins.octopod.api.v2.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import io.jenkins.plugins.octopod.staging.journal.ViewerChanges;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** ETags of responses and overrides, and the conditional requests that use them. */
@ModuleInternal
public final class ConditionalRequests {

    private static final String ANY = "*";

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    private ConditionalRequests() {}

    /** Renders a response. It is called only if the client doesn’t have the current one. */
    @FunctionalInterface
    public interface Representation {
        ApiResponse render() throws ApiException;
    }

    /**
     * Returns a response about stagings or projects; 304, without rendering it, if the client’s ETag is current. The
     * ETag changes with any change that the current user might see, and every few minutes because permission changes
     * raise no event. Equal tags mean unchanged content, but different tags don’t mean changed content. Changes that
     * the user can’t see don’t affect the tag.
     *
     * @param also object that distinguishes the response from others with the same path, such as the query
     */
    public static ApiResponse versioned(V2Request request, Object also, Representation representation)
            throws ApiException {
        ProjectIndex.get().refreshAfterReload();
        // In this order: a change during rendering is part of the next response.
        ChangeVersion version = ChangeVersion.now(Jenkins.getAuthentication2());
        String which = Integer.toHexString((request.path() + also).hashCode());
        String tag = "W/\"" + version + '.' + which + '"';
        return conditional(request, sameTag(request, version, which).orElse(tag), representation);
    }

    /** Returns the client’s tag, if nothing that the current user can see has changed since. */
    private static Optional<String> sameTag(V2Request request, ChangeVersion now, String which) {
        String header = request.servlet().getHeader("If-None-Match");
        return header == null
                ? Optional.empty()
                : tags(header).filter(tag -> isSame(value(tag), now, which)).findFirst();
    }

    private static boolean isSame(String tag, ChangeVersion now, String which) {
        int end = tag.length() - which.length() - 1;
        return end > 0
                && tag.substring(end).equals('.' + which)
                && ViewerChanges.between(ChangeVersion.parse(tag.substring(0, end)), now)
                        .filter(ViewerChanges::isNothing)
                        .isPresent();
    }

    /**
     * Returns 304 if the client’s ETag is current, or the rendered response.
     *
     * @param tag ETag of the current response, in the header’s format
     */
    public static ApiResponse conditional(V2Request request, String tag, Representation representation)
            throws ApiException {
        String has = request.servlet().getHeader("If-None-Match");
        ApiResponse apiResponse = matches(has, tag)
                ? response -> response.setStatus(HttpServletResponse.SC_NOT_MODIFIED)
                : representation.render();
        return apiResponse.with("ETag", tag).with("Cache-Control", "private, no-cache");
    }

    private static boolean matches(@CheckForNull String header, String tag) {
        if (header == null) {
            return false;
        }
        return header.strip().equals(ANY)
                || tags(header).anyMatch(each -> value(each).equals(value(tag)));
    }

    /** Returns the ETag of overrides. Equal overrides always have the same tag. */
    public static String tag(StagingOverrides overrides) {
        return '"' + OverridesVersion.of(overrides).version() + '"';
    }

    /**
     * Returns the overrides version that the client expects with {@code If-Match}; null for any.
     *
     * @throws ApiException if the header is invalid
     */
    @CheckForNull
    public static OverridesVersion expectedVersion(V2Request request, Staging staging) throws ApiException {
        return expectedVersion(request.servlet().getHeader("If-Match"), () -> tag(staging.overrides()));
    }

    /**
     * Returns the expected version; null for any.
     *
     * @param current supplier of the current overrides’ tag; not called without a condition
     */
    @CheckForNull
    static OverridesVersion expectedVersion(@CheckForNull String header, Supplier<String> current) throws ApiException {
        if (header == null || header.strip().equals(ANY)) {
            return null;
        }
        // A weak tag never matches, see RFC 9110.
        List<String> tags = tags(header).toList();
        if (tags.isEmpty()) {
            throw new ApiException(400, Messages.ConditionalRequests_ifMatch(QuotedText.of(header, 100)));
        }
        String now = current.get();
        String matching = tags.contains(now) ? now : tags.get(0);
        return new OverridesVersion(matching.startsWith("W/") ? matching : value(matching));
    }

    /**
     * Refuses conditions.
     *
     * @throws ApiException if the request has a condition, which this endpoint can’t check
     */
    public static void requireNoIfMatch(V2Request request) throws ApiException {
        if (request.servlet().getHeader("If-Match") != null) {
            throw new ApiException(400, Messages.ConditionalRequests_noIfMatch());
        }
    }

    private static Stream<String> tags(String header) {
        return TAG.matcher(header).results().map(result -> result.group());
    }

    private static String value(String tag) {
        Matcher matcher = TAG.matcher(tag);
        return matcher.matches() ? matcher.group(2) : tag;
    }
}
