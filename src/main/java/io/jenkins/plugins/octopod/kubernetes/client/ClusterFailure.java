package io.jenkins.plugins.octopod.kubernetes.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.cluster.TokenLifetime;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Describes errors between Jenkins and an API server. A description contains the HTTP status or the kind of error, and
 * never the server’s response: the server can be any that Jenkins can reach, possibly one that the user can’t.
 */
@ModuleInternal
public final class ClusterFailure {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ClusterFailure() {}

    /** Returns a sentence that any user may read. */
    public static String sentence(Throwable problem) {
        int code = code(problem);
        return switch (code) {
            case 0 ->
                first(problem, AnswerTooLargeException.class) != null
                        ? Messages.Cluster_tooLarge()
                        : Messages.Cluster_unreachable(kind(problem));
            case HttpURLConnection.HTTP_UNAUTHORIZED -> Messages.Cluster_unauthorized();
            default -> Messages.Cluster_refused(code);
        };
    }

    /** Returns {@link #sentence(Throwable)} or, if the client’s token has expired, a sentence about that. */
    public static String sentence(Throwable problem, Config config) {
        Instant end = tokenEnd(config);
        return code(problem) == HttpURLConnection.HTTP_UNAUTHORIZED && end != null && end.isBefore(StagingClock.now())
                ? Messages.ClusterFailure_tokenEnded(shown(end))
                : sentence(problem);
    }

    /**
     * Returns when the token expires; null if there is no token from Jenkins’ credentials, or it doesn’t contain the
     * time.
     */
    @CheckForNull
    static Instant tokenEnd(Config config) {
        String token = config.getOauthToken();
        return token == null ? null : TokenLifetime.end(token).orElse(null);
    }

    static String shown(Instant time) {
        return TIME.format(time);
    }

    /** Returns the HTTP status; 0 if there was no response with a status. */
    public static int code(@CheckForNull Throwable problem) {
        return find(
                                problem,
                                cause -> cause instanceof KubernetesClientException said && said.getCode() > 0
                                        ? Integer.valueOf(said.getCode())
                                        : null)
                        instanceof Integer code
                ? code
                : 0;
    }

    /** Returns whether the server or the connection to it caused the problem, and not an error in a program. */
    static boolean isOfServer(@CheckForNull Throwable problem) {
        return code(problem) > 0
                || first(problem, IOException.class) != null
                || first(problem, TimeoutException.class) != null;
    }

    private static String kind(Throwable problem) {
        if (first(problem, SSLException.class) != null) {
            return Messages.ClusterFailure_tls();
        }
        if (first(problem, UnknownHostException.class) != null) {
            return Messages.ClusterFailure_unknownHost();
        }
        if (first(problem, InterruptedIOException.class) != null || first(problem, TimeoutException.class) != null) {
            return Messages.ClusterFailure_timeout();
        }
        if (first(problem, SocketException.class) != null || first(problem, EOFException.class) != null) {
            return Messages.ClusterFailure_connection();
        }
        return first(problem, JsonProcessingException.class) != null
                        || first(problem, YamlEngineException.class) != null
                        // The client reads text that is no object as null, and then uses it as an object.
                        || first(problem, NullPointerException.class) != null
                        || first(problem, ClassCastException.class) != null
                ? Messages.ClusterFailure_notKubernetes()
                : Messages.ClusterFailure_other(root(problem).getClass().getSimpleName());
    }

    @CheckForNull
    private static Object first(@CheckForNull Throwable problem, Class<? extends Throwable> kind) {
        return find(problem, cause -> kind.isInstance(cause) ? cause : null);
    }

    /** Returns the first result that isn’t null for the problem and its causes. */
    @CheckForNull
    private static Object find(@CheckForNull Throwable problem, Function<Throwable, Object> look) {
        Throwable cause = problem;
        // A chain of causes can be a circle.
        for (int i = 0; cause != null && i < 50; i++) {
            Object found = look.apply(cause);
            if (found != null) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static Throwable root(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
