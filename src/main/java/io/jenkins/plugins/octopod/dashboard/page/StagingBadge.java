package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingUrlActions;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/** Resource {@code badge.svg} of a staging, for users who can see the staging. */
@Restricted(NoExternalUse.class)
public final class StagingBadge extends InvisibleAction implements StagingUrlActions {

    private final Staging staging;

    private StagingBadge(Staging staging) {
        this.staging = staging;
    }

    /**
     * Returns the badge.
     *
     * @param label text before the status; the staging’s name if absent
     */
    @GET
    @WebMethod(name = "badge.svg")
    public HttpResponse doBadge(@CheckForNull @QueryParameter String label) {
        String given = Util.fixEmptyAndTrim(label);
        return new SvgResponse(BadgeImage.of(given == null ? staging.getName() : given, staging.observedState())
                .toSvg());
    }

    /** Adds the resource to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, StagingBadge.class, StagingBadge::new);
        }
    }
}
