package io.jenkins.plugins.octopod.dashboard.page;

import hudson.Util;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Image that browsers request each time they show it, and that is sent only if it has changed. */
final class SvgResponse implements HttpResponse {

    private final String svg;

    SvgResponse(String svg) {
        this.svg = svg;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException {
        String etag = '"' + Util.getDigestOf(svg) + '"';
        rsp.setHeader("ETag", etag);
        rsp.setHeader("Cache-Control", "private, no-cache");
        rsp.setHeader("Vary", "Accept-Language");
        if (etag.equals(req.getHeader("If-None-Match"))) {
            rsp.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
        rsp.setContentType("image/svg+xml;charset=UTF-8");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        // A user can open the image in its own tab. It must not be able to run anything there.
        rsp.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        rsp.setContentLength(bytes.length);
        rsp.getOutputStream().write(bytes);
    }
}
