package io.jenkins.plugins.octopod.api.v2;

import hudson.Extension;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.staging.extension.StagingsSubResource;
import jakarta.servlet.ServletException;
import java.io.IOException;
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
        Routes.INSTANCE.serve(request, response);
    }
}
