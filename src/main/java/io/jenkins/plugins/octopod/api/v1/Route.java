package io.jenkins.plugins.octopod.api.v1;

import io.jenkins.plugins.octopod.engine.RefusalException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One call of the API.
 *
 * @param method of HTTP
 * @param path below {@code api/v1}; {@link #PARAMETER} stands for whatever is in its place
 * @param call that answers
 */
record Route(String method, List<String> path, Call call) {

    static final String PARAMETER = "{}";

    /** Answers a request; may block for some time, but not for ever. */
    @FunctionalInterface
    interface Call {
        Reply answer(ApiRequest request) throws RefusalException, Problem, IOException, InterruptedException;
    }

    static Route of(String method, String path, Call call) {
        return new Route(method, List.of(path.split("/")), call);
    }

    /** What stands in the place of the parameter, or nothing where it has none; empty where the path is another. */
    Optional<String> parameterIn(List<String> segments) {
        if (segments.size() != path.size()) {
            return Optional.empty();
        }
        String parameter = "";
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i).equals(PARAMETER)) {
                parameter = segments.get(i);
            } else if (!path.get(i).equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameter);
    }
}
