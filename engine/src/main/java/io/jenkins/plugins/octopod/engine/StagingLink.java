package io.jenkins.plugins.octopod.engine;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Link that {@code info} printed.
 *
 * @param name label of the link
 * @param url address as printed, possibly unsafe: call {@link #isSafe} before using it as a link
 * @since 1.0
 */
public record StagingLink(String name, String url) implements Serializable {

    /** Returns whether users may follow the link. Only http and https are safe; others are shown as text. */
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
