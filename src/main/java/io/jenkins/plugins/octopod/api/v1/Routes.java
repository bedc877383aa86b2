package io.jenkins.plugins.octopod.api.v1;

import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.api.Router;
import io.jenkins.plugins.octopod.project.OctopodProject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Routes of the API in a project. */
final class Routes extends Router<ApiRequest> {

    private static final String NAME = "deployments/" + Route.PARAMETER;

    static final List<Route<ApiRequest>> ALL = List.of(
            Route.of("GET", "deployments", DeploymentEndpoints::list),
            Route.of("POST", "deployments", DeploymentEndpoints::create),
            Route.of("DELETE", NAME, DeploymentEndpoints::archive),
            Route.of("PUT", NAME, DeploymentEndpoints::update),
            Route.of("GET", NAME + "/info", DeploymentEndpoints::info),
            Route.of("GET", NAME + "/full_info", DeploymentEndpoints::fullInfo),
            Route.of("GET", NAME + "/status", DeploymentEndpoints::status),
            Route.of("DELETE", NAME + "/cleanup", DeploymentEndpoints::cleanup),
            Route.of("PATCH", NAME + "/restore", DeploymentEndpoints::restore),
            Route.of("DELETE", NAME + "/delete", DeploymentEndpoints::delete),
            Route.of("GET", "log/" + Route.PARAMETER, LogEndpoint::log),
            Route.of("GET", "deployment_override_keys", ConfigurationEndpoints::deploymentKeys),
            Route.of("GET", "deployment_overrides", ConfigurationEndpoints::deploymentDefaults),
            Route.of("POST", "application_override_keys", ConfigurationEndpoints::applicationKeys),
            Route.of("POST", "application_overrides", ConfigurationEndpoints::applicationDefaults),
            Route.of("GET", "ping", ProjectEndpoints::ping),
            Route.of("GET", "project_name", ProjectEndpoints::projectName));

    private final OctopodProject project;

    Routes(OctopodProject project) {
        super("api/v1", ALL, V1ErrorMapper.INSTANCE);
        this.project = project;
    }

    @Override
    protected String unknown(String address) {
        return Messages.Routes_unknown(address);
    }

    @Override
    protected ApiRequest request(List<String> path, List<String> parameters, HttpServletRequest servlet) {
        return new ApiRequest(project, parameters.isEmpty() ? "" : parameters.get(0), servlet);
    }
}
