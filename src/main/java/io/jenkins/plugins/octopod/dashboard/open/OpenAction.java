package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;

/** Leads to a link of a staging by its name, for users who can see the staging. See {@link OpenUrl}. */
@Restricted(NoExternalUse.class)
public final class OpenAction extends UnlistedPage {

    private final Staging staging;

    private OpenAction(Staging staging) {
        super(Messages._OpenAction_displayName(), OpenUrl.NAME);
        this.staging = staging;
    }

    /**
     * Leads to a link.
     *
     * @param link name of the link; absent for the first link
     * @param content whether to return only the content of the page
     * @param page whether to show the page in any case
     */
    public HttpResponse doIndex(
            @CheckForNull @QueryParameter String link, @QueryParameter boolean content, @QueryParameter boolean page) {
        return new LinkOpener(staging, link).doIndex(content, page);
    }

    /** Returns the resource for the link with this name. */
    public LinkOpener getDynamic(String link) {
        return new LinkOpener(staging, link);
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, OpenAction.class, OpenAction::new);
        }
    }
}
