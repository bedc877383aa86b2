package io.jenkins.plugins.octopod.staging.sharing;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.staging.Staging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** URL of the page that leads to a link of a staging. The URL stays valid while the staging is archived. */
public final class OpenUrl {

    /** Last part of the URL below the staging. */
    public static final String NAME = "open";

    /** Parameter for a link’s name that can’t be a part of a path. */
    public static final String LINK = "link";

    /** Parameter for the page itself, which then goes on to the link without a redirection. */
    public static final String PAGE = "page";

    /** Jenkins or its web server refuses, resolves, or has a different resource for, what this excludes. */
    private static final Pattern SEGMENT = Pattern.compile("(?!(\\.{1,2}|index)$)[^/\\\\%;\\p{Cntrl}]+");

    private OpenUrl() {}

    /**
     * Returns the URL, relative to Jenkins’ root.
     *
     * @param link name of the link; null or empty for the first link
     */
    public static String of(Staging staging, @CheckForNull String link) {
        String url = staging.getUrl() + NAME + '/';
        if (link == null || link.isEmpty()) {
            return url;
        }
        return SEGMENT.matcher(link).matches()
                ? url + Util.rawEncode(link) + '/'
                : url + '?' + LINK + '=' + URLEncoder.encode(link, StandardCharsets.UTF_8);
    }

    /**
     * Returns the URL of the page, relative to Jenkins’ root, for the response to a form. Browsers don’t follow the
     * redirection of a form to a different origin, because Jenkins’ Content Security Policy excludes it.
     *
     * @param link name of the link; null or empty for the first link
     */
    public static String ofPage(Staging staging, @CheckForNull String link) {
        return withParameter(of(staging, link), PAGE);
    }

    /** Returns a URL with the value {@code true} of a further parameter. */
    public static String withParameter(String url, String parameter) {
        return url + (url.indexOf('?') < 0 ? '?' : '&') + parameter + "=true";
    }
}
