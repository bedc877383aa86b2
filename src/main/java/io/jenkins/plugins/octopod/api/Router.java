package io.jenkins.plugins.octopod.api;

import io.jenkins.plugins.octopod.engine.RefusalException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Finds the route of a request to an API version, and sends the response.
 *
 * @param <R> request type of the API version
 */
public abstract class Router<R> {

    private final List<String> version;
    private final List<Route<R>> routes;
    private final ErrorMapper errorMapper;

    /**
     * Creates the router.
     *
     * @param version path of the version, below the URL of the API
     * @param errorMapper error responses of the version
     */
    protected Router(String version, List<Route<R>> routes, ErrorMapper errorMapper) {
        this.version = segments(version);
        this.routes = routes;
        this.errorMapper = errorMapper;
    }

    /** Returns the message for an unknown path. */
    protected abstract String unknown(String address);

    /**
     * Returns the request to an endpoint.
     *
     * @param path segments of the path below the version
     * @param parameters values of the route’s parameters, in order
     */
    protected abstract R request(List<String> path, List<String> parameters, HttpServletRequest servlet);

    /**
     * Returns the methods that a path supports.
     *
     * @param there routes for the path
     */
    protected Set<String> methods(List<Route<R>> there) {
        Set<String> methods = new LinkedHashSet<>();
        there.forEach(route -> methods.add(route.method()));
        return methods;
    }

    /** Handles any method and path. Each endpoint checks permissions. */
    public final void serve(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        if (!CrumbCheck.allow(request, response)) {
            return;
        }
        ApiResponse apiResponse;
        try {
            apiResponse = answer(segments(request.getRestOfPath()), request);
        } catch (Exception e) {
            apiResponse = errorMapper.of(e);
        }
        apiResponse.send(response);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private ApiResponse answer(List<String> segments, HttpServletRequest request)
            throws RefusalException, ApiException, IOException, InterruptedException {
        String address = String.join("/", segments);
        int below = version.size();
        boolean addressed =
                segments.size() > below && segments.subList(0, below).equals(version);
        List<String> path = addressed ? segments.subList(below, segments.size()) : List.of();
        List<Route<R>> there = Route.at(path, routes);
        if (there.isEmpty()) {
            throw new ApiException(HttpServletResponse.SC_NOT_FOUND, unknown(address));
        }
        Set<String> methods = methods(there);
        String allowed = String.join(", ", methods);
        if (request.getMethod().equals("OPTIONS") && methods.contains("OPTIONS")) {
            return options(allowed);
        }
        Optional<Route<R>> route = Route.forMethod(request.getMethod(), there);
        if (route.isEmpty()) {
            throw Route.wrongMethod(request.getMethod(), address, allowed);
        }
        List<String> parameters = route.get().parametersIn(path).orElseThrow();
        return route.get().call().answer(request(path, parameters, request));
    }

    private static ApiResponse options(String allowed) {
        return response -> {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader("Allow", allowed);
        };
    }
}
