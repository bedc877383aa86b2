package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.dashboard.page.ConditionalFragment;
import io.jenkins.plugins.octopod.staging.Staging;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Redirects to a link of a running staging. Otherwise shows an {@link OpenPage}, which says why, and goes on to the link
 * when the staging runs. It leads only to links that the control script {@code info} has printed.
 */
@Restricted(NoExternalUse.class)
public final class LinkOpener {

    private final Staging staging;

    /** Name of the wanted link; null for the first link. */
    @CheckForNull
    private final String linkName;

    LinkOpener(Staging staging, @CheckForNull String linkName) {
        this.staging = staging;
        this.linkName = Util.fixEmpty(linkName);
    }

    /**
     * Redirects to the link, or shows the page. Serves GET and HEAD, and changes nothing.
     *
     * @param content whether to return only the content of the page, which then has the link instead of a redirection
     * @param page whether to show the page in any case, which then goes on to the link by itself
     */
    public HttpResponse doIndex(@QueryParameter boolean content, @QueryParameter boolean page) {
        if (content) {
            // The version is read first, so that it is never newer than the content.
            PageVersion version = PageVersion.now(0);
            OpenPage model = new OpenPage(staging, linkName);
            return new ConditionalFragment(version.with(model.fingerprint()), staging, model, "content.jelly");
        }
        OpenPage model = new OpenPage(staging, linkName);
        return new RedirectionOrPage(model, page ? null : model.getLocation());
    }

    /**
     * Redirection to the link, or the whole page.
     *
     * @param location address to redirect to; null to show the page
     */
    private record RedirectionOrPage(
            OpenPage page, @CheckForNull String location) implements HttpResponse {

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.setHeader("Cache-Control", "no-store");
            if (location != null) {
                // Not by sendRedirect, for which an address with an uppercase scheme is relative.
                rsp.setStatus(HttpServletResponse.SC_FOUND);
                rsp.setHeader("Location", location);
                return;
            }
            if (page.isLinkUnknown()) {
                rsp.setStatus(HttpServletResponse.SC_NOT_FOUND);
            }
            req.getView(page, "page.jelly").forward(req, rsp);
        }
    }
}
