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
import io.jenkins.plugins.octopod.staging.request.OverridesVersion;
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
     * An answer about stagings or projects; 304, without anything having been looked at, where the client has it. It has another
     * tag whenever anything changes that the current user might see, and every few minutes, as permissions may change without a
     * word; so an unchanged tag is what is told by it, and a changed one isn’t. What the user may not see changes no tag.
     *
     * @param also what tells it from other answers at the same time, such as the query
     */
    public static ApiResponse versioned(V2Request request, Object also, Representation representation)
            throws ApiException {
        ProjectIndex.get().refreshAfterReload();
        // Before anything is looked at: what changes meanwhile is told with the next answer.
        ChangeVersion version = ChangeVersion.now(Jenkins.getAuthentication2());
        String which = Integer.toHexString((request.path() + also).hashCode());
        String tag = "W/\"" + version + '.' + which + '"';
        return conditional(request, sameTag(request, version, which).orElse(tag), representation);
    }

    /** The tag that the client has, if nothing has changed since then that the current user may see. */
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

    /** @param tag of the answer that would be made, as the header has it */
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

    /** Of the overrides that the staging has now: the same ones have the same tag for ever. */
    public static String of(Staging staging) {
        return '"' + OverridesVersion.of(staging).version() + '"';
    }

    /**
     * Which overrides the client wants the staging to have, from {@code If-Match}; null if it says nothing of that.
     *
     * @throws ApiException if it isn’t tags
     */
    @CheckForNull
    public static OverridesVersion expectedVersion(V2Request request, Staging staging) throws ApiException {
        return expectedVersion(request.servlet().getHeader("If-Match"), () -> of(staging));
    }

    /** @param current gives the tag of the overrides that the staging has now; not asked without a condition */
    @CheckForNull
    static OverridesVersion expectedVersion(@CheckForNull String header, Supplier<String> current) throws ApiException {
        if (header == null || header.strip().equals(ANY)) {
            return null;
        }
        // A weak one never matches, see RFC 9110.
        List<String> tags = tags(header).toList();
        if (tags.isEmpty()) {
            throw new ApiException(400, Messages.ConditionalRequests_ifMatch(QuotedText.of(header, 100)));
        }
        String now = current.get();
        String matching = tags.contains(now) ? now : tags.get(0);
        return new OverridesVersion(matching.startsWith("W/") ? matching : value(matching));
    }

    /** @throws ApiException if the request has a condition, which can’t be kept */
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
