package io.jenkins.plugins.octopod.api.v2;

import hudson.Extension;
import hudson.init.Initializer;
import io.jenkins.plugins.octopod.api.CrumbRefusal;
import io.jenkins.plugins.octopod.api.ErrorAnswers;
import io.jenkins.plugins.octopod.api.JsonErrors;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.Addresses;
import io.jenkins.plugins.octopod.api.v2.forms.ProblemForm;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.ChangedMeanwhileException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How this API answers what went wrong: as problem details, see RFC 9457. */
@Restricted(NoExternalUse.class)
public final class Problems extends ErrorAnswers {

    static final Problems PROBLEMS = new Problems();

    private static final String CONTENT_TYPE = "application/problem+json;charset=utf-8";

    /** In seconds: an agent may be there by then, or Jenkins again. */
    private static final String RETRY_AFTER = "30";

    private Problems() {}

    @Initializer
    public static void register() throws ServletException {
        JsonErrors.register(PROBLEMS);
    }

    static Problem problem(ProblemType type, String sentence) {
        return new Problem(type.status(), type.name(), sentence);
    }

    @Override
    public boolean isAddressed(HttpServletRequest request) {
        return Addresses.isOf(request);
    }

    @Override
    public Reply error(int status, String sentence) {
        return reply(new ProblemForm("about:blank", phrase(status), status, sentence));
    }

    @Override
    protected Reply problem(Problem e) {
        ProblemType type = ProblemType.ofNullable(e.type());
        return type == null ? super.problem(e) : reply(type, e.getMessage());
    }

    @Override
    protected Reply refused(RefusalException e) {
        ProblemType type =
                e instanceof ChangedMeanwhileException ? ProblemType.CHANGED_MEANWHILE : ProblemType.of(e.getReason());
        Reply reply = reply(type, e.getMessage());
        return type.status() == 503 ? reply.with("Retry-After", RETRY_AFTER) : reply;
    }

    private static Reply reply(ProblemType type, String sentence) {
        return reply(new ProblemForm(type.uri(), type.title(), type.status(), sentence));
    }

    private static Reply reply(ProblemForm form) {
        return Reply.of(form.status(), CONTENT_TYPE, Forms.bytes(form));
    }

    /** HTTP’s own words, as RFC 9457 wants of a problem that is no more than its status. */
    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "HTTP status " + status;
        };
    }

    /** Of requests without a crumb. */
    @Extension(ordinal = CrumbRefusal.ORDINAL)
    @Restricted(NoExternalUse.class)
    public static final class Crumb extends CrumbRefusal {
        public Crumb() {
            super(PROBLEMS);
        }
    }
}
