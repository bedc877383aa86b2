package io.jenkins.plugins.octopod.api.v1;

import hudson.Extension;
import hudson.init.Initializer;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.ErrorMapper;
import io.jenkins.plugins.octopod.api.JsonErrorFilter;
import io.jenkins.plugins.octopod.api.OctopodCrumbExclusion;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.support.RetryAfter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Maps exceptions to the error responses of the original Octopod’s API. */
@Restricted(NoExternalUse.class)
public final class V1ErrorMapper extends ErrorMapper {

    static final V1ErrorMapper INSTANCE = new V1ErrorMapper();

    private static final Pattern ADDRESS = Pattern.compile("/job/[^/]+/" + ApiAction.URL_NAME + "/api(?:/|$)");

    private V1ErrorMapper() {}

    @Initializer
    public static void register() throws ServletException {
        JsonErrorFilter.register(INSTANCE);
    }

    @Override
    public boolean isAddressed(HttpServletRequest request) {
        return ADDRESS.matcher(request.getRequestURI()).find();
    }

    @Override
    public ApiResponse error(int status, String sentence) {
        return V1Responses.error(status, sentence);
    }

    @Override
    protected ApiResponse refused(RefusalException e) {
        String sentence = e.getMessage();
        int status = e.getReason().httpStatus();
        return switch (e.getReason()) {
            case INVALID_NAME, EXISTS ->
                V1Responses.json(HttpServletResponse.SC_BAD_REQUEST, CommandResponse.validationError(sentence));
            // Unchanged output of the script.
            case CONFIG_CHECK -> V1Responses.text(status, sentence);
            case SHUTTING_DOWN -> V1Responses.error(HttpServletResponse.SC_METHOD_NOT_ALLOWED, sentence);
            case UNAVAILABLE -> V1Responses.error(status, sentence).with(RetryAfter.HEADER, RetryAfter.SECONDS);
            case INVALID_INPUT, UNKNOWN, NOT_NOW -> V1Responses.error(status, sentence);
        };
    }

    /** Error response for requests without a valid crumb. */
    @Extension(ordinal = OctopodCrumbExclusion.ORDINAL)
    @Restricted(NoExternalUse.class)
    public static final class Crumb extends OctopodCrumbExclusion {
        public Crumb() {
            super(INSTANCE);
        }
    }
}
