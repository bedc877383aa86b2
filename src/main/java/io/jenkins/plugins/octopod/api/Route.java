package io.jenkins.plugins.octopod.api;

import io.jenkins.plugins.octopod.engine.RefusalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Route of an API.
 *
 * @param method HTTP method
 * @param path path below the version; a segment in braces is a parameter that matches any segment
 * @param call handler of the request
 * @param <R> request type of the API version
 */
public record Route<R>(String method, List<String> path, Call<R> call) {

    /** Segment for a parameter without a name. */
    public static final String PARAMETER = "{}";

    /** Handler of a request. It may block for a limited time. */
    @FunctionalInterface
    public interface Call<R> {
        ApiResponse answer(R request) throws RefusalException, ApiException, IOException, InterruptedException;
    }

    public static <R> Route<R> of(String method, String path, Call<R> call) {
        return new Route<>(method, List.of(path.split("/")), call);
    }

    /** Returns the values of the parameters in order; empty if the path doesn’t match. */
    public Optional<List<String>> parametersIn(List<String> segments) {
        if (segments.size() != path.size()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).startsWith("{")) {
                parameters.add(segments.get(i));
            } else if (!path.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    /** Returns the routes for the path, for any method. */
    public static <R> List<Route<R>> at(List<String> segments, List<Route<R>> all) {
        return all.stream()
                .filter(route -> route.parametersIn(segments).isPresent())
                .toList();
    }

    /** Returns the route for the method; empty if there is none. HEAD is handled like GET. */
    public static <R> Optional<Route<R>> forMethod(String method, List<Route<R>> there) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return there.stream().filter(route -> route.method().equals(asked)).findFirst();
    }

    /**
     * Returns the exception for an unsupported method.
     *
     * @param method HTTP method of the request
     * @param address path of the request
     * @param allowed value of the header {@code Allow}
     */
    public static ApiException wrongMethod(String method, String address, String allowed) {
        return new ApiException(405, Messages.Route_method(method, address, allowed)).with("Allow", allowed);
    }
}
