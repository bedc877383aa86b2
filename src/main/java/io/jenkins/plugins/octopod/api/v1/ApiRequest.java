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
 * A request that has found its call.
 *
 * @param project that it is about
 * @param parameter what stands in the address in the place of the call’s parameter; empty where that has none
 * @param servlet the request itself
 */
record ApiRequest(OctopodProject project, String parameter, HttpServletRequest servlet) {

    <T> T body(RequestBody<T> expected) throws IOException, ApiException {
        return expected.read(servlet);
    }

    /**
     * The staging whose name is the parameter.
     *
     * @throws RefusalException if there is none, or the current user may not see it
     */
    Staging staging() throws RefusalException {
        return StagingService.find(project, parameter)
                // Jenkins finds items by names in other letters, too.
                .filter(staging -> staging.getName().equals(parameter))
                .orElseThrow(() -> new RefusalException(
                        Reason.UNKNOWN, Messages.ApiRequest_unknown(parameter, project.getFullName())));
    }
}
