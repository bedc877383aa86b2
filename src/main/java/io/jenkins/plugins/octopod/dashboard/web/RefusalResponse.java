package io.jenkins.plugins.octopod.dashboard.web;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.support.RetryAfter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Responds to a refused request with a page. A request attribute contains the problem. */
@ModuleInternal
public final class RefusalResponse implements HttpResponse {

    private final int statusCode;
    private final Object it;
    private final String view;
    private final String attribute;
    private final Object value;

    public RefusalResponse(int statusCode, Object it, String view, String attribute, Object value) {
        this.statusCode = statusCode;
        this.it = it;
        this.view = view;
        this.attribute = attribute;
        this.value = value;
    }

    /** Sets the time after which the client should repeat a request for something unavailable. */
    static void setRetryAfter(StaplerResponse2 response, int statusCode) {
        if (statusCode == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader(RetryAfter.HEADER, RetryAfter.SECONDS);
        }
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.setStatus(statusCode);
        setRetryAfter(rsp, statusCode);
        req.setAttribute(attribute, value);
        req.getView(it, view).forward(req, rsp);
    }
}
