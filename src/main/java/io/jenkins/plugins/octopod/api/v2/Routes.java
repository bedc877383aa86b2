package io.jenkins.plugins.octopod.api.v2;

import io.jenkins.plugins.octopod.api.Route;
import io.jenkins.plugins.octopod.api.Router;
import io.jenkins.plugins.octopod.api.v2.calls.LifetimeEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.LogEndpoint;
import io.jenkins.plugins.octopod.api.v2.calls.NoteEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.OpenApiEndpoint;
import io.jenkins.plugins.octopod.api.v2.calls.OperationEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.ProjectEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.StagingActionEndpoints;
import io.jenkins.plugins.octopod.api.v2.calls.StagingEndpoints;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.api.v2.http.V2ErrorMapper;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Routes of the API. */
final class Routes extends Router<V2Request> {

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
            Route.of("PUT", STAGING + "/note", NoteEndpoints::replace),
            Route.of("DELETE", STAGING + "/started-script", StagingActionEndpoints::confirmEnded),
            Route.of("POST", STAGING + "/redeploy", StagingActionEndpoints::redeploy),
            Route.of("POST", STAGING + "/archive", StagingActionEndpoints::archive),
            Route.of("POST", STAGING + "/restore", StagingActionEndpoints::restore),
            Route.of("POST", STAGING + "/cleanup", StagingActionEndpoints::cleanup),
            Route.of("GET", OPERATIONS, OperationEndpoints::list),
            Route.of("GET", OPERATION, OperationEndpoints::get),
            Route.of("POST", OPERATION + "/abort", OperationEndpoints::abort),
            Route.of("POST", OPERATION + "/redeploy", StagingActionEndpoints::redeployAsIn),
            Route.of("GET", OPERATION + "/log", LogEndpoint::log));

    static final Routes INSTANCE = new Routes();

    private Routes() {
        super(ApiUrls.VERSION, ALL, V2ErrorMapper.INSTANCE);
    }

    @Override
    protected String unknown(String address) {
        return Messages.Routes_unknown(address);
    }

    @Override
    protected V2Request request(List<String> path, List<String> parameters, HttpServletRequest servlet) {
        return new V2Request(String.join("/", path), parameters, servlet);
    }

    /** Returns the methods of the routes, HEAD for each GET, and OPTIONS. */
    @Override
    protected Set<String> methods(List<Route<V2Request>> there) {
        Set<String> methods = new LinkedHashSet<>();
        for (Route<V2Request> route : there) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        methods.add("OPTIONS");
        return methods;
    }
}
