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
 * Says what is wrong between Jenkins and an API server. It says the HTTP status or the kind of error, and never what the server has
 * answered: the server can be any that Jenkins can reach, and the user may not be able to.
 */
@ModuleInternal
public final class ClusterFailure {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ClusterFailure() {}

    /** Returns a sentence for every user. */
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

    /** As {@link #sentence(Throwable)}; says if the token of that client has ended. */
    public static String sentence(Throwable problem, Config config) {
        Instant end = tokenEnd(config);
        return code(problem) == HttpURLConnection.HTTP_UNAUTHORIZED && end != null && end.isBefore(StagingClock.now())
                ? Messages.ClusterFailure_tokenEnded(shown(end))
                : sentence(problem);
    }

    /** Null if there is no token from Jenkins’ credentials, or it doesn’t say when it ends. */
    @CheckForNull
    static Instant tokenEnd(Config config) {
        String token = config.getOauthToken();
        return token == null ? null : TokenLifetime.end(token).orElse(null);
    }

    static String shown(Instant time) {
        return TIME.format(time);
    }

    /** Returns the HTTP status, or 0 if there is no answer that has one. */
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

    /** Whether the server or the connection to it is to blame, and not a program. */
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
                        // The client makes nothing of text that is no object, and then takes it for one.
                        || first(problem, NullPointerException.class) != null
                        || first(problem, ClassCastException.class) != null
                ? Messages.ClusterFailure_notKubernetes()
                : Messages.ClusterFailure_other(root(problem).getClass().getSimpleName());
    }

    @CheckForNull
    private static Object first(@CheckForNull Throwable problem, Class<? extends Throwable> kind) {
        return find(problem, cause -> kind.isInstance(cause) ? cause : null);
    }

    /** What is found first of the problem and its causes. */
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
