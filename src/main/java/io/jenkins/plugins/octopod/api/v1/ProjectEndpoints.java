package io.jenkins.plugins.octopod.api.v1;

import hudson.PluginWrapper;
import io.jenkins.plugins.octopod.api.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jenkins.model.Jenkins;

/** Endpoints that read properties of the project. */
final class ProjectEndpoints {

    private ProjectEndpoints() {}

    /** Which version answers, as the original does. */
    static ApiResponse ping(ApiRequest request) {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(ProjectEndpoints.class);
        return V1Responses.text(
                HttpServletResponse.SC_OK, plugin == null ? "octopod" : "octopod " + plugin.getVersion());
    }

    /** As people call it. */
    static ApiResponse projectName(ApiRequest request) {
        return V1Responses.ok(request.project().getDisplayName());
    }
}
