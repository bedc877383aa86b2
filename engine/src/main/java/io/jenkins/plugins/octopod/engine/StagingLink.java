package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A link that {@code info} printed.
 *
 * @param name what to call it
 * @param url as printed: anything at all, so {@link #isSafe ask} before making a link of it
 */
public record StagingLink(String name, String url) implements Serializable {

    /** Whether it may be followed: only http and https are, anything else is shown as text. */
    public boolean isSafe() {
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
