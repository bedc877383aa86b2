package io.jenkins.plugins.octopod.api.v2;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.api.v2.calls.LifetimeEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.LogEndpoint;
import io.jenkins.plugins.octopod.api.v2.calls.OpenApiEndpoint;
import io.jenkins.plugins.octopod.api.v2.calls.OperationEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.ProjectEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.StagingActionEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.StagingEndpoints;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Routes of the API. */
final class Routes {

    private static final String PROJECT = "projects/{project}";
    private static final String STAGINGS = PROJECT + "/stagings";
    private static final String STAGING = STAGINGS + "/{name}";
    private static final String OPERATIONS = STAGING + "/operations";
    private static final String OPERATION = OPERATIONS + "/{id}";

    static final List<Route<V2Request>> ALL = List.of(
            Route.of("GET", "openapi.yaml", OpenApiEndpoint::yaml),
            Route.of("GET", "openapi.json", OpenApiEndpoint::json),
            Route.of("GET", "projects", ProjectEndpoints::list),
            Route.of("GET", PROJECT, ProjectEndpoints::get),
            Route.of("GET", "stagings", StagingEndpoints::listAll),
            Route.of("GET", STAGINGS, StagingEndpoints::listOfProject),
            Route.of("POST", STAGINGS, StagingActionEndpoints::create),
            Route.of("GET", STAGING, StagingEndpoints::get),
            Route.of("DELETE", STAGING, StagingActionEndpoints::forget),
            Route.of("GET", STAGING + "/overrides", StagingEndpoints::overrides),
            Route.of("PUT", STAGING + "/overrides", StagingActionEndpoints::replace),
            Route.of("PATCH", STAGING + "/overrides", StagingActionEndpoints::merge),
            Route.of("GET", STAGING + "/lifetime", LifetimeEndpoints::get),
            Route.of("PUT", STAGING + "/lifetime", LifetimeEndpoints::replace),
            Route.of("DELETE", STAGING + "/started-script", StagingActionEndpoints::confirmEnded),
            Route.of("POST", STAGING + "/redeploy", StagingActionEndpoints::redeploy),
            Route.of("POST", STAGING + "/archive", StagingActionEndpoints::archive),
            Route.of("POST", STAGING + "/restore", StagingActionEndpoints::restore),
            Route.of("POST", STAGING + "/cleanup", StagingActionEndpoints::cleanup),
            Route.of("GET", OPERATIONS, OperationEndpoints::list),
            Route.of("GET", OPERATION, OperationEndpoints::get),
            Route.of("POST", OPERATION + "/abort", OperationEndpoints::abort),
            Route.of("GET", OPERATION + "/log", LogEndpoint::log));

    private Routes() {}

    /**
     * Handles a request.
     *
     * @param segments segments of the URL’s path below {@code stagings/api}
     * @throws ApiException if there is no route for the path, or none for the method
     */
    static ApiResponse answer(List<String> segments, HttpServletRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        String address = String.join("/", segments);
        if (segments.isEmpty() || !segments.get(0).equals(ApiUrls.VERSION)) {
            throw unknown(address);
        }
        List<String> path = segments.subList(1, segments.size());
        List<Route<V2Request>> there = Route.at(path, ALL);
        if (there.isEmpty()) {
            throw unknown(address);
        }
        String allowed = allowed(there);
        if (request.getMethod().equals("OPTIONS")) {
            return response -> {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                response.setHeader("Allow", allowed);
            };
        }
        Optional<Route<V2Request>> route = Route.forMethod(request.getMethod(), there);
        if (route.isEmpty()) {
            throw Route.wrongMethod(request.getMethod(), address, allowed);
        }
        List<String> parameters = route.get().parametersIn(path).orElseThrow();
        return route.get().call().answer(new V2Request(String.join("/", path), parameters, request));
    }

    private static ApiException unknown(String address) {
        return new ApiException(HttpServletResponse.SC_NOT_FOUND, Messages.Routes_unknown(address));
    }

    private static String allowed(List<Route<V2Request>> there) {
        Set<String> methods = new LinkedHashSet<>();
        for (Route<V2Request> route : there) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
