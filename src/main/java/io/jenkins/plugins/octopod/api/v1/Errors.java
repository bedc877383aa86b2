package io.jenkins.plugins.octopod.api.v1;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.octopod.api.v1.forms.CommandResponse;
import io.jenkins.plugins.octopod.engine.RefusalException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** How the original’s API answers what went wrong. */
final class Errors {

    private static final Logger LOGGER = Logger.getLogger(Errors.class.getName());

    private Errors() {}

    static Reply of(Throwable e) {
        AccessDeniedException denied = denial(e);
        if (denied != null) {
            return denied(denied);
        }
        if (e instanceof RefusalException refusal) {
            return refused(refusal);
        }
        if (e instanceof Problem problem) {
            return Reply.error(problem.status(), problem.getMessage());
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return Reply.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Messages.Errors_interrupted());
        }
        String id = UUID.randomUUID().toString();
        LOGGER.log(Level.WARNING, e, () -> "A request to the API broke off, " + id);
        return Reply.error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.Errors_broken(id));
    }

    private static Reply refused(RefusalException e) {
        String sentence = e.getMessage();
        return switch (e.getReason()) {
            case INVALID_NAME, EXISTS ->
                Reply.json(HttpServletResponse.SC_BAD_REQUEST, CommandResponse.validationError(sentence));
            // As the script has printed it.
            case CONFIG_CHECK -> Reply.text(HttpServletResponse.SC_BAD_REQUEST, sentence);
            case INVALID_INPUT -> Reply.error(HttpServletResponse.SC_BAD_REQUEST, sentence);
            case UNKNOWN -> Reply.error(HttpServletResponse.SC_NOT_FOUND, sentence);
            case NOT_NOW -> Reply.error(HttpServletResponse.SC_CONFLICT, sentence);
            case SHUTTING_DOWN -> Reply.error(HttpServletResponse.SC_METHOD_NOT_ALLOWED, sentence);
            case UNAVAILABLE -> Reply.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, sentence);
        };
    }

    private static Reply denied(AccessDeniedException e) {
        if (!ACL.isAnonymous2(Jenkins.getAuthentication2())) {
            return Reply.error(HttpServletResponse.SC_FORBIDDEN, Messages.Errors_denied(e.getMessage()));
        }
        Reply unauthorized = Reply.error(HttpServletResponse.SC_UNAUTHORIZED, Messages.Errors_anonymous());
        return response -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Jenkins\"");
            unauthorized.send(response);
        };
    }

    /** Where Stapler or core has wrapped it, too. */
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
