package io.jenkins.plugins.octopod.api.v1;

import hudson.Extension;
import hudson.init.Initializer;
import io.jenkins.plugins.octopod.api.CrumbRefusal;
import io.jenkins.plugins.octopod.api.ErrorAnswers;
import io.jenkins.plugins.octopod.api.JsonErrors;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v1.forms.CommandResponse;
import io.jenkins.plugins.octopod.engine.RefusalException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How the original’s API answers what went wrong. */
@Restricted(NoExternalUse.class)
public final class Errors extends ErrorAnswers {

    static final Errors ERRORS = new Errors();

    private static final Pattern ADDRESS = Pattern.compile("/job/[^/]+/" + ApiAction.URL_NAME + "/api(?:/|$)");

    private Errors() {}

    @Initializer
    public static void register() throws ServletException {
        JsonErrors.register(ERRORS);
    }

    @Override
    public boolean isAddressed(HttpServletRequest request) {
        return ADDRESS.matcher(request.getRequestURI()).find();
    }

    @Override
    public Reply error(int status, String sentence) {
        return Replies.error(status, sentence);
    }

    @Override
    protected Reply refused(RefusalException e) {
        String sentence = e.getMessage();
        return switch (e.getReason()) {
            case INVALID_NAME, EXISTS ->
                Replies.json(HttpServletResponse.SC_BAD_REQUEST, CommandResponse.validationError(sentence));
            // As the script has printed it.
            case CONFIG_CHECK -> Replies.text(HttpServletResponse.SC_BAD_REQUEST, sentence);
            case INVALID_INPUT -> Replies.error(HttpServletResponse.SC_BAD_REQUEST, sentence);
            case UNKNOWN -> Replies.error(HttpServletResponse.SC_NOT_FOUND, sentence);
            case NOT_NOW -> Replies.error(HttpServletResponse.SC_CONFLICT, sentence);
            case SHUTTING_DOWN -> Replies.error(HttpServletResponse.SC_METHOD_NOT_ALLOWED, sentence);
            case UNAVAILABLE -> Replies.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, sentence);
        };
    }

    /** Of requests without a crumb. */
    @Extension(ordinal = CrumbRefusal.ORDINAL)
    @Restricted(NoExternalUse.class)
    public static final class Crumb extends CrumbRefusal {
        public Crumb() {
            super(ERRORS);
        }
    }
}
