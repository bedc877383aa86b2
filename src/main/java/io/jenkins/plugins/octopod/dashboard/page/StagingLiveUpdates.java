package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.staging.Staging;
import java.util.Collection;
import java.util.Set;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;

/** Responds to the script of a staging’s open page. It isn’t shown anywhere. */
@Restricted(NoExternalUse.class)
public final class StagingLiveUpdates implements Action {

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
        return new ConditionalFragment(now, staging, "content.jelly");
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
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends TransientActionFactory<Staging> {

        @Override
        public Class<Staging> type() {
            return Staging.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Staging staging) {
            return Set.of(new StagingLiveUpdates(staging, ActionsList.PAGE));
        }
    }
}
