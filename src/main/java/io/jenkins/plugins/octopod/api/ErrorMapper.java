package io.jenkins.plugins.octopod.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.support.RetryAfter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** Maps exceptions to the error responses of one API version, and recognizes the requests to that version. */
public abstract class ErrorMapper {

    private static final Logger LOGGER = Logger.getLogger(ErrorMapper.class.getName());

    /**
     * Returns whether the request’s URL belongs to the API version, even if the resource doesn’t exist. Determines only
     * the format of errors, so no check may depend on it.
     */
    public abstract boolean isAddressed(HttpServletRequest request);

    /**
     * Returns an error response.
     *
     * @param status HTTP status code
     * @param sentence message for the client
     */
    public abstract ApiResponse error(int status, String sentence);

    /** Returns the response to a refused request. */
    protected abstract ApiResponse refused(RefusalException e);

    /** Returns the response for an invalid request, without the exception’s headers. */
    protected ApiResponse problem(ApiException e) {
        return error(e.status(), e.getMessage());
    }

    /** Returns the response for any exception. */
    public final ApiResponse of(Throwable e) {
        AccessDeniedException denied = denial(e);
        if (denied != null) {
            return denied(denied);
        }
        if (e instanceof RefusalException refusal) {
            return refused(refusal);
        }
        if (e instanceof ApiException apiException) {
            ApiResponse apiResponse = problem(apiException);
            for (Map.Entry<String, String> header : apiException.headers().entrySet()) {
                apiResponse = apiResponse.with(header.getKey(), header.getValue());
            }
            return apiResponse;
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Messages.ErrorMapper_interrupted())
                    .with(RetryAfter.HEADER, RetryAfter.SECONDS);
        }
        String id = UUID.randomUUID().toString();
        LOGGER.log(Level.WARNING, e, () -> "A request to the API failed, error " + id);
        return error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.ErrorMapper_internalError(id));
    }

    private ApiResponse denied(AccessDeniedException e) {
        if (!ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            return error(HttpServletResponse.SC_FORBIDDEN, Messages.ErrorMapper_denied(e.getMessage()));
        }
        return error(HttpServletResponse.SC_UNAUTHORIZED, Messages.ErrorMapper_anonymous())
                .with("WWW-Authenticate", "Basic realm=\"Jenkins\"");
    }

    /**
     * Returns the denied access among the causes, because Stapler or core might have wrapped it; null if there is none.
     */
    @CheckForNull
    private static AccessDeniedException denial(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException denied) {
                return denied;
            }
        }
        return null;
    }
}
