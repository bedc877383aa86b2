package io.jenkins.plugins.octopod.dashboard.page;

import hudson.Extension;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.feed.PageVersion;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.verb.GET;

/** Responds to the script of a run’s open page until the run is done. It isn’t shown anywhere. */
@Restricted(NoExternalUse.class)
public final class RunLiveUpdates extends InvisibleAction {

    private final StagingRun run;

    private RunLiveUpdates(StagingRun run) {
        this.run = run;
    }

    public StagingRun getRun() {
        return run;
    }

    /** Returns the content of the page. */
    @GET
    public HttpResponse doIndex() {
        int fingerprint = Objects.hash(run.isBuilding(), run.getResult(), run.getReason(), run.hasBegun());
        return new ConditionalFragment(PageVersion.now(fingerprint), run.getParent(), this, "content.jelly");
    }

    @Override
    public String getUrlName() {
        return StagingLiveUpdates.URL;
    }

    /** Adds the action to every run. */
    @Extension
    public static class Factory extends SingleActionFactory<StagingRun> {

        public Factory() {
            super(StagingRun.class, RunLiveUpdates.class, RunLiveUpdates::new);
        }
    }
}
