package io.jenkins.plugins.octopod.api;

import hudson.security.csrf.CrumbFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * CSRF check of the API. It prevents pages of other sites from changing anything with a user’s session, with any HTTP
 * method.
 */
public final class CrumbCheck {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private CrumbCheck() {}

    /**
     * Checks the CSRF crumb of a request that could change something. Core checks POST only, so other methods are
     * presented to it as POST.
     *
     * @return false if the request was rejected; the response is already sent then
     */
    public static boolean allow(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (SAFE.contains(request.getMethod())) {
            return true;
        }
        AtomicBoolean allowed = new AtomicBoolean();
        HttpServletRequest asPost = new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return "POST";
            }
        };
        new CrumbFilter().doFilter(asPost, response, (req, rsp) -> allowed.set(true));
        return allowed.get();
    }
}
