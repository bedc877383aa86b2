package io.jenkins.plugins.octopod.api.v1;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Request to an endpoint.
 *
 * @param project project of the request
 * @param parameter value of the URL’s parameter; empty if the endpoint has none
 * @param servlet HTTP request
 */
record ApiRequest(OctopodProject project, String parameter, HttpServletRequest servlet) {

    <T> T body(RequestBody<T> expected) throws IOException, ApiException {
        return expected.read(servlet);
    }

    /**
     * Returns the staging whose name is the parameter.
     *
     * @throws RefusalException if there is none, or the current user can’t see it
     */
    Staging staging() throws RefusalException {
        return StagingService.find(project, parameter)
                // Jenkins’ lookup of names can ignore case.
                .filter(staging -> staging.getName().equals(parameter))
                .orElseThrow(() -> new RefusalException(
                        Reason.UNKNOWN, Messages.ApiRequest_unknown(parameter, project.getFullName())));
    }
}
