package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.staging.Staging;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;

/** Responds to the script of a staging’s open page. It isn’t shown anywhere. */
@Restricted(NoExternalUse.class)
public final class StagingLiveUpdates extends InvisibleAction {

    static final String URL = "live";

    private final Staging staging;

    /** Requested number of actions. */
    private final int rows;

    private StagingLiveUpdates(Staging staging, int rows) {
        this.staging = staging;
        this.rows = rows;
    }

    public Staging getStaging() {
        return staging;
    }

    /** Returns the content of the page without the list of actions. */
    @GET
    public HttpResponse doIndex() {
        PageVersion now = PageVersion.now(new StagingPage(staging).fingerprint());
        return new ConditionalFragment(now, staging, this, "content.jelly");
    }

    /**
     * Returns the list of actions.
     *
     * @param rows number of newest actions; absent for the default
     */
    @GET
    public HttpResponse doActions(@CheckForNull @QueryParameter String rows) {
        boolean number = rows != null && rows.matches("[0-9]{1,6}");
        StagingLiveUpdates wanted = new StagingLiveUpdates(staging, number ? Integer.parseInt(rows) : ActionsList.PAGE);
        return HttpResponses.forwardToView(wanted, "list.jelly");
    }

    /** Returns the actions, read from disk. */
    public ActionsList getActions() {
        return new ActionsList(staging, rows);
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(
                    Staging.class,
                    StagingLiveUpdates.class,
                    staging -> new StagingLiveUpdates(staging, ActionsList.PAGE));
        }
    }
}
