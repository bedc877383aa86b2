package io.jenkins.plugins.octopod.api.v1;

import hudson.PluginWrapper;
import io.jenkins.plugins.octopod.api.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jenkins.model.Jenkins;

/** Endpoints that read properties of the project. */
final class ProjectEndpoints {

    private ProjectEndpoints() {}

    /** Returns the name and version of the plugin, like the original. */
    static ApiResponse ping(ApiRequest request) {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(ProjectEndpoints.class);
        return V1Responses.text(
                HttpServletResponse.SC_OK, plugin == null ? "octopod" : "octopod " + plugin.getVersion());
    }

    /** Returns the display name. */
    static ApiResponse projectName(ApiRequest request) {
        return V1Responses.ok(request.project().getDisplayName());
    }
}
