package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.web.RefusalResponse;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.Redeployment;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Page that deploys a staging again with the overrides of an earlier action, and shows before what that changes. */
@Restricted(NoExternalUse.class)
public final class RedeployPage extends UnlistedPage {

    private final StagingRun run;

    /** Current overrides of the staging, read once, so that the version is that of the changes that are shown. */
    private final StagingOverrides current;

    RedeployPage(StagingRun run) {
        super(Messages._RedeployPage_displayName(), "redeploy");
        this.run = run;
        this.current = run.getParent().overrides();
    }

    public StagingRun getRun() {
        return run;
    }

    public Staging getStaging() {
        return run.getParent();
    }

    /** Returns whether the action has deployed overrides. */
    public boolean isPossible() {
        return Redeployment.isPossible(run);
    }

    /** Returns the version of the overrides that the changes are shown for. */
    public String getVersion() {
        return OverridesVersion.of(current).version();
    }

    public List<OverrideDiff> getDeploymentChanges() {
        return OverrideDiff.between(current.deployment(), run.overrides().deployment());
    }

    public List<OverrideDiff> getApplicationChanges() {
        return OverrideDiff.between(current.application(), run.overrides().application());
    }

    /** Returns why the staging can’t be deployed as in an earlier action, neither now nor later; null if it can. */
    @CheckForNull
    public String getObstacle() {
        return Redeployment.obstacle(getStaging());
    }

    /** Returns whether the staging is restored, because it is archived. */
    public boolean isRestoring() {
        return getStaging().getStatus() == Status.Archived;
    }

    /**
     * Deploys the staging.
     *
     * @param version {@link #getVersion} of the page that the user has seen; absent to deploy whatever has changed since
     * @param afterThat whether to run it after the current action on the staging, instead of refusing it
     */
    @RequirePOST
    public HttpResponse doSubmit(@CheckForNull @QueryParameter String version, @QueryParameter boolean afterThat)
            throws InterruptedException {
        getStaging().checkPermission(Item.BUILD);
        String expected = Util.fixEmptyAndTrim(version);
        try {
            WaitingRequestService.submit(
                    Redeployment.asIn(run)
                            .expectedVersion(expected == null ? null : new OverridesVersion(expected))
                            .cause(new Cause.UserIdCause())
                            .build(),
                    IfBusy.of(afterThat));
            return HttpResponses.redirectViaContextPath(getStaging().getUrl());
        } catch (RefusalException e) {
            RefusalView refusalView = RefusalView.of(e);
            return new RefusalResponse(
                    refusalView.statusCode(), new RedeployPage(run), "index.jelly", "refusal", refusalView);
        }
    }

    /** Adds the action to every run. */
    @Extension
    public static class Factory extends SingleActionFactory<StagingRun> {

        public Factory() {
            super(StagingRun.class, RedeployPage.class, RedeployPage::new);
        }
    }
}
