package io.jenkins.plugins.octopod.dashboard.open;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;

/** Leads to a link of a staging by its name, for users who can see the staging. See {@link OpenUrl}. */
@Restricted(NoExternalUse.class)
public final class OpenAction implements Action {

    private final Staging staging;

    private OpenAction(Staging staging) {
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

    /** Returns null, because the staging’s page has its links. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    /** Returns the name in the breadcrumbs. */
    @Override
    public String getDisplayName() {
        return Messages.OpenAction_displayName();
    }

    @Override
    public String getUrlName() {
        return OpenUrl.NAME;
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, OpenAction::new);
        }
    }
}
