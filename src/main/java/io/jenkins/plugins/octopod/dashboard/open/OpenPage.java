package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.dashboard.model.OpenUrl;
import io.jenkins.plugins.octopod.dashboard.model.StagingOperation;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.dashboard.page.ConditionalFragment;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * Redirects to a link of a running staging. Otherwise shows a page that says why, and that goes on to the link when the
 * staging runs. It leads only to links that the control script {@code info} has printed. Reads no file, except for a
 * busy staging’s newest run.
 */
@Restricted(NoExternalUse.class)
public final class OpenPage extends StagingSummary {

    /** What a user meets instead of the link. */
    public enum State {
        /** The link can be opened. */
        READY,
        /** An action is pending that deploys the staging, or its last result isn’t known yet. */
        WAITING,
        /** An action is pending that archives the staging or cleans it up. */
        LEAVING,
        ARCHIVED,
        FAILING,
        /** The staging runs and has no link that a browser may follow. */
        NO_LINK,
        /** The staging runs and has no link with the given name. */
        UNKNOWN_LINK
    }

    /** Name of the wanted link; null for the first link. */
    @CheckForNull
    private final String linkName;

    @CheckForNull
    private final StagingLink link;

    private final State state;

    OpenPage(Staging staging, @CheckForNull String linkName) {
        super(staging);
        this.linkName = Util.fixEmpty(linkName);
        this.link = getSafeLinks().stream()
                .filter(each -> this.linkName == null || each.name().equals(this.linkName))
                .findFirst()
                .orElse(null);
        this.state = state();
    }

    private State state() {
        PendingAction pending = observedState().pending();
        if (pending != null) {
            boolean leaving = pending.action() == StagingAction.ARCHIVE || pending.action() == StagingAction.CLEANUP;
            return leaving ? State.LEAVING : State.WAITING;
        }
        if (observedState().status().isArchived()) {
            return State.ARCHIVED;
        }
        if (observedState().status().isPending()) {
            return State.WAITING;
        }
        if (observedState().status().isFailure()) {
            return State.FAILING;
        }
        if (link == null) {
            return linkName == null || getSafeLinks().isEmpty() ? State.NO_LINK : State.UNKNOWN_LINK;
        }
        return State.READY;
    }

    /**
     * Redirects to the link, or shows the page.
     *
     * @param content whether to return only the content of the page, which then has the link instead of a redirection
     */
    @GET
    public HttpResponse doIndex(@QueryParameter boolean content) {
        if (content) {
            return new ConditionalFragment(PageVersion.now(fingerprint()), getStaging(), this, "content.jelly");
        }
        return new RedirectionOrPage();
    }

    /** Redirection to the link, or the whole page. */
    private final class RedirectionOrPage implements HttpResponse {

        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                throws IOException, ServletException {
            rsp.setHeader("Cache-Control", "no-store");
            String location = getLocation();
            if (location != null) {
                rsp.sendRedirect(HttpServletResponse.SC_FOUND, location);
                return;
            }
            if (state == State.UNKNOWN_LINK) {
                rsp.setStatus(HttpServletResponse.SC_NOT_FOUND);
            }
            req.getView(OpenPage.this, "page.jelly").forward(req, rsp);
        }
    }

    public State getState() {
        return state;
    }

    /** Returns the name of the wanted link; null for the first link. */
    @CheckForNull
    public String getLinkName() {
        return linkName;
    }

    /** Returns the URL of this page, relative to Jenkins’ root. */
    public String getUrl() {
        return OpenUrl.of(getStaging(), linkName);
    }

    /** Returns the URL of the page’s content, relative to Jenkins’ root. */
    public String getContentUrl() {
        String url = getUrl();
        return url + (url.indexOf('?') < 0 ? "?" : "&") + "content=true";
    }

    /** Returns the address to go on to; null if the link can’t be opened now. */
    @CheckForNull
    public String getLocation() {
        return state == State.READY && link != null ? URI.create(link.url()).toASCIIString() : null;
    }

    /** Returns the wanted link; null if the staging doesn’t have it now. */
    @CheckForNull
    public StagingLink getLink() {
        return link;
    }

    /** Returns the links that a browser may follow. */
    public List<StagingLink> getSafeLinks() {
        return getLinks().stream().filter(StagingLink::isSafe).toList();
    }

    /** Returns why the current user can’t restore the staging; null if the user can. */
    @CheckForNull
    public String getNotRestorable() {
        return getUnavailable().get(StagingOperation.RESTORE);
    }

    /** Returns whether the user lacks the permission to restore the staging. */
    public boolean isPermissionMissing() {
        return StagingOperation.RESTORE.getPermissionReason().equals(getNotRestorable());
    }

    /** Returns the user whom to ask for the restoration; null if no user has changed or created the staging. */
    @CheckForNull
    public String getContact() {
        return getChangedBy() == null ? getCreatedBy() : getChangedBy();
    }

    public boolean isAsleep() {
        return getStaging().isAsleep();
    }

    /** Returns a hash of the content that changes without a change event of the staging. */
    private int fingerprint() {
        return Objects.hash(state, getWaitingFor(), getNotRestorable(), isAsleep());
    }
}
