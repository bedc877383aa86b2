package io.jenkins.plugins.octopod.cli.legacy;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * HTTP client for a server of the original Octopod. It uses the network and the proxy of Jenkins, so only
 * administrators are allowed to choose the server. Unless the response is a list of stagings, only its status is
 * disclosed. Redirects are not followed, because they could lead to a server that the administrator did not choose.
 */
@Restricted(NoExternalUse.class)
public final class LegacyOctopodClient {

    private static final Logger LOGGER = Logger.getLogger(LegacyOctopodClient.class.getName());

    /** Time limit for the whole request. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpRequest request;

    /**
     * Creates the client.
     *
     * @param url URL, as in {@code octo}’s {@code OCTOPOD_URL}
     * @param authorization header, as in {@code octo}’s {@code OCTO_AUTHORIZATION_HEADER}; empty for none
     * @throws RefusalException if one of both is invalid
     * @throws org.springframework.security.access.AccessDeniedException if the current user isn’t an administrator
     */
    public LegacyOctopodClient(String url, String authorization) throws RefusalException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        HttpRequest.Builder builder = ProxyConfiguration.newHttpRequestBuilder(deployments(url))
                .timeout(LIMIT)
                .header("Accept", "application/json;charset=utf-8");
        try {
            request = (authorization.isEmpty() ? builder : builder.header("Authorization", authorization)).build();
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.LegacyOctopodClient_header());
        }
    }

    private static URI deployments(String url) throws RefusalException {
        try {
            URI base = new URI(url.strip());
            String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && base.getHost() != null
                    && base.getRawUserInfo() == null
                    && base.getRawQuery() == null
                    && base.getRawFragment() == null;
            if (usable) {
                return new URI(base.toString().replaceAll("/+$", "") + "/api/v1/deployments");
            }
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, e, () -> "no address of a server");
        }
        throw new RefusalException(Reason.INVALID_INPUT, Messages.LegacyOctopodClient_url());
    }

    /**
     * Returns the response to {@code GET deployments}, cut one byte after {@link LegacyStagingList#MAX_LENGTH}. Blocks
     * for a minute at most.
     *
     * @throws RefusalException if the server doesn’t respond, or not with status 200
     */
    public byte[] deployments() throws RefusalException, InterruptedException {
        HttpClient client = ProxyConfiguration.newHttpClientBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        CompletableFuture<HttpResponse<byte[]>> future =
                client.sendAsync(request, head -> new SizeLimitedBodySubscriber(LegacyStagingList.MAX_LENGTH));
        try {
            HttpResponse<byte[]> response = future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw unavailable(Messages.LegacyOctopodClient_status(Integer.toString(response.statusCode())));
            }
            return response.body();
        } catch (TimeoutException e) {
            throw unavailable(Messages.LegacyOctopodClient_timedOut(LIMIT.toSeconds()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                LOGGER.log(Level.FINE, cause, () -> "The original can't be asked");
                throw unavailable(Messages.LegacyOctopodClient_unreachable(
                        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    private static RefusalException unavailable(String sentence) {
        return new RefusalException(Reason.UNAVAILABLE, sentence);
    }
}
