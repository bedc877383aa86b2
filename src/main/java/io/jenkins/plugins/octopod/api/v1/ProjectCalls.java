package io.jenkins.plugins.octopod.api.v1;

import hudson.PluginWrapper;
import io.jenkins.plugins.octopod.api.Reply;
import jakarta.servlet.http.HttpServletResponse;
import jenkins.model.Jenkins;

/** What can be known of the project. */
final class ProjectCalls {

    private ProjectCalls() {}

    /** Which version answers, as the original does. */
    static Reply ping(ApiRequest request) {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(ProjectCalls.class);
        return Replies.text(HttpServletResponse.SC_OK, plugin == null ? "octopod" : "octopod " + plugin.getVersion());
    }

    /** As people call it. */
    static Reply projectName(ApiRequest request) {
        return Replies.ok(request.project().getDisplayName());
    }
}
