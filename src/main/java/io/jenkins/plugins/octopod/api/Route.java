package io.jenkins.plugins.octopod.api;

import io.jenkins.plugins.octopod.engine.RefusalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of an API.
 *
 * @param method of HTTP
 * @param path below the version; a segment in braces is a parameter, for which whatever is in its place stands
 * @param call that answers
 * @param <R> what a version makes of a request
 */
public record Route<R>(String method, List<String> path, Call<R> call) {

    /** A parameter that needs no name. */
    public static final String PARAMETER = "{}";

    /** Answers a request; may block for some time, but not for ever. */
    @FunctionalInterface
    public interface Call<R> {
        ApiResponse answer(R request) throws RefusalException, ApiException, IOException, InterruptedException;
    }

    public static <R> Route<R> of(String method, String path, Call<R> call) {
        return new Route<>(method, List.of(path.split("/")), call);
    }

    /** What stands in the places of the parameters, in order; empty where the path is another. */
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

    /** Those of that path, whatever their methods. */
    public static <R> List<Route<R>> at(List<String> segments, List<Route<R>> all) {
        return all.stream()
                .filter(route -> route.parametersIn(segments).isPresent())
                .toList();
    }

    /** The one for that method, which HEAD is to be answered as GET by; empty where there is none. */
    public static <R> Optional<Route<R>> forMethod(String method, List<Route<R>> there) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return there.stream().filter(route -> route.method().equals(asked)).findFirst();
    }

    /** @param allowed methods, as in the header of that name */
    public static ApiException wrongMethod(String method, String address, String allowed) {
        return new ApiException(405, Messages.Route_method(method, address, allowed)).with("Allow", allowed);
    }
}
