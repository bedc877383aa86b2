package io.jenkins.plugins.octopod.api.v1;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Tells requests to the API from others before anybody knows whether there is such a project. */
final class ApiAddress {

    /** As the action is called below a project. */
    static final String URL_NAME = "octopod";

    private static final Pattern ADDRESS = Pattern.compile("/job/[^/]+/" + URL_NAME + "/api(?:/|$)");

    private ApiAddress() {}

    /** Decides how errors are written, and nothing else: no check may be left out for it. */
    static boolean isOf(HttpServletRequest request) {
        return ADDRESS.matcher(request.getRequestURI()).find();
    }
}
