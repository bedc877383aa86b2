package io.jenkins.plugins.octopod.api.v2.http;

import hudson.Extension;
import hudson.init.Initializer;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.ErrorMapper;
import io.jenkins.plugins.octopod.api.JsonErrorFilter;
import io.jenkins.plugins.octopod.api.OctopodCrumbExclusion;
import io.jenkins.plugins.octopod.api.v2.dto.ProblemDto;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.request.OverridesConflictException;
import io.jenkins.plugins.octopod.staging.support.RetryAfter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Maps exceptions to the error responses of API v2, which are problem details as in RFC 9457. */
@Restricted(NoExternalUse.class)
public final class V2ErrorMapper extends ErrorMapper {

    @ModuleInternal
    public static final V2ErrorMapper INSTANCE = new V2ErrorMapper();

    private static final String CONTENT_TYPE = "application/problem+json;charset=utf-8";

    private V2ErrorMapper() {}

    @Initializer
    public static void register() throws ServletException {
        JsonErrorFilter.register(INSTANCE);
    }

    @ModuleInternal
    public static ApiException problem(ProblemType type, String sentence) {
        return new ApiException(type.status(), type.name(), sentence);
    }

    @Override
    public boolean isAddressed(HttpServletRequest request) {
        return ApiUrls.isOf(request);
    }

    @Override
    public ApiResponse error(int status, String sentence) {
        return reply(new ProblemDto("about:blank", phrase(status), status, sentence));
    }

    @Override
    protected ApiResponse problem(ApiException e) {
        ProblemType type = ProblemType.ofNullable(e.type());
        return type == null ? super.problem(e) : reply(type, e.getMessage());
    }

    @Override
    protected ApiResponse refused(RefusalException e) {
        ProblemType type =
                e instanceof OverridesConflictException ? ProblemType.OVERRIDES_CHANGED : ProblemType.of(e.getReason());
        ApiResponse apiResponse = reply(type, e.getMessage());
        return type.status() == 503 ? apiResponse.with(RetryAfter.HEADER, RetryAfter.SECONDS) : apiResponse;
    }

    private static ApiResponse reply(ProblemType type, String sentence) {
        return reply(new ProblemDto(type.uri(), type.title(), type.status(), sentence));
    }

    private static ApiResponse reply(ProblemDto dto) {
        return ApiResponse.of(dto.status(), CONTENT_TYPE, V2Json.bytes(dto));
    }

    /** Returns HTTP’s reason phrase, which RFC 9457 requires for a problem without its own type. */
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

    /** Error response for requests without a valid crumb. */
    @Extension(ordinal = OctopodCrumbExclusion.ORDINAL)
    @Restricted(NoExternalUse.class)
    public static final class Crumb extends OctopodCrumbExclusion {
        public Crumb() {
            super(INSTANCE);
        }
    }
}
