package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.text.QuotedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Checks addresses of API servers. If an address has no scheme, the Kubernetes client connects to it as soon as it is
 * set, to find out whether the server uses TLS. It does so on the thread that reads the settings, without a limit in
 * bytes or in time.
 */
@ModuleInternal
public final class ServerAddress {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Limit in characters for a quoted address. */
    private static final int MAX_QUOTED_LENGTH = 100;

    private ServerAddress() {}

    /**
     * Returns the address, with its scheme in lower case.
     *
     * @throws ClusterException if it isn’t an http or https URL with a host and without a user
     */
    @NonNull
    public static String require(@NonNull String address) throws ClusterException {
        String trimmed = address.trim();
        URI uri = uri(trimmed);
        if (uri == null || uri.getHost() == null || uri.getUserInfo() != null || uri.getScheme() == null) {
            throw invalid(address);
        }
        // The Kubernetes client recognizes “https” in lower case only.
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw invalid(address);
        }
        return scheme + trimmed.substring(scheme.length());
    }

    private static ClusterException invalid(String address) {
        return new ClusterException(Messages.ServerAddress_invalid(QuotedText.of(address, MAX_QUOTED_LENGTH)));
    }

    @CheckForNull
    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
