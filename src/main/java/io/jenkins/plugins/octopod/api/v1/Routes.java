package io.jenkins.plugins.octopod.api.v1;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Routes of the API. */
final class Routes {

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

    private Routes() {}

    /**
     * Handles a request.
     *
     * @param segments segments of the URL’s path below {@code octopod}
     * @throws ApiException if there is no route for the path, or none for the method
     */
    static ApiResponse answer(OctopodProject project, List<String> segments, HttpServletRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        String address = String.join("/", segments);
        if (segments.size() < 2 || !address.startsWith("api/v1/")) {
            throw unknown(address);
        }
        List<String> path = segments.subList(2, segments.size());
        List<Route<ApiRequest>> there = Route.at(path, ALL);
        if (there.isEmpty()) {
            throw unknown(address);
        }
        Optional<Route<ApiRequest>> route = Route.forMethod(request.getMethod(), there);
        if (route.isEmpty()) {
            String allowed = String.join(", ", there.stream().map(Route::method).toList());
            throw Route.wrongMethod(request.getMethod(), address, allowed);
        }
        List<String> parameters = route.get().parametersIn(path).orElseThrow();
        String parameter = parameters.isEmpty() ? "" : parameters.get(0);
        return route.get().call().answer(new ApiRequest(project, parameter, request));
    }

    private static ApiException unknown(String address) {
        return new ApiException(HttpServletResponse.SC_NOT_FOUND, Messages.Routes_unknown(address));
    }
}
