package io.jenkins.plugins.octopod.dashboard.page;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.staging.Staging;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Response to an open page that polls for changes: status 304 without rendering if nothing has changed, or a view of
 * the current content.
 */
@ModuleInternal
public final class ConditionalFragment implements HttpResponse {

    private final String etag;
    private final Predicate<String> isSame;
    private final Object model;
    private final String view;

    /**
     * Creates the response for a page about one staging.
     *
     * @param now version that was read before the content
     * @param model object with the view
     * @param view name of the view, which has no layout
     */
    public ConditionalFragment(PageVersion now, Staging staging, Object model, String view) {
        this(now.toEtag(), shown -> now.isSame(shown, staging), model, view);
    }

    /**
     * Creates the response for content whose versions are compared as a whole.
     *
     * @param etag version of the content, in quotation marks
     * @param model object with the view
     * @param view name of the view, which has no layout
     */
    public ConditionalFragment(String etag, Object model, String view) {
        this(etag, etag::equals, model, view);
    }

    private ConditionalFragment(String etag, Predicate<String> isSame, Object model, String view) {
        this.etag = etag;
        this.isSame = isSame;
        this.model = model;
        this.view = view;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.setHeader("Cache-Control", "private, no-cache");
        rsp.setHeader("ETag", etag);
        if (isSame.test(req.getHeader("If-None-Match"))) {
            rsp.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            req.getView(model, view).forward(req, rsp);
        }
    }
}
