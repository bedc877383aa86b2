package io.jenkins.plugins.octopod.dashboard.feed;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.octopod.staging.journal.ChangeVersion;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import io.jenkins.plugins.octopod.staging.journal.ViewerChanges;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * Feed of stagings. An open page requests it every second: {@code GET} with the {@code ETag} of the last response in
 * {@code If-None-Match}. If nothing has changed, the status is 304, at almost no cost. Otherwise the response is JSON. It
 * contains only the changes if they are known.
 */
@Restricted(NoExternalUse.class)
public final class StagingsFeed {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerFor(FeedResponse.class);

    private final ProjectScope scope;

    public StagingsFeed(ProjectScope scope) {
        this.scope = scope;
    }

    /** Sends the changes since the page’s version. */
    @GET
    public void doIndex(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        ChangeVersion then = ChangeVersion.parse(request.getHeader("If-None-Match"));
        ProjectIndex.get().refreshAfterReload();
        ChangeVersion now = ChangeVersion.now(Jenkins.getAuthentication2());
        response.setHeader("Cache-Control", "private, no-cache");
        Optional<ViewerChanges> changed = now.equals(then) ? Optional.empty() : ViewerChanges.between(then, now);
        boolean same =
                now.equals(then) || changed.filter(ViewerChanges::isNothing).isPresent();
        // Changes that the viewer can’t see don’t count: the page keeps its version.
        response.setHeader("ETag", '"' + (same ? then : now).toString() + '"');
        if (same) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        FeedResponse feedResponse = FeedResponse.of(changed, now, scope);
        response.setContentType("application/json;charset=UTF-8");
        try (OutputStream out = response.getOutputStream()) {
            JSON.writeValue(out, feedResponse);
        }
    }
}
