package io.jenkins.plugins.octopod.api.v2;

import hudson.Extension;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.CrumbCheck;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.api.v2.http.V2ErrorMapper;
import io.jenkins.plugins.octopod.staging.extension.StagingsSubResource;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** API below {@code stagings/api/} of Jenkins. */
@Extension
@Restricted(NoExternalUse.class)
public final class ApiV2 implements StagingsSubResource {

    @Override
    public String getUrlName() {
        return ApiUrls.URL_NAME;
    }

    /** Handles any method and URL. {@link Routes} defines the valid ones, and each endpoint checks permissions. */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        if (!CrumbCheck.allow(request, response)) {
            return;
        }
        ApiResponse apiResponse;
        try {
            apiResponse = Routes.answer(segments(request.getRestOfPath()), request);
        } catch (Exception e) {
            apiResponse = V2ErrorMapper.INSTANCE.of(e);
        }
        apiResponse.send(response);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
