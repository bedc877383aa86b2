package io.jenkins.plugins.octopod.dashboard.operation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.web.RefusalResponse;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.dashboard.web.UnlistedPage;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.Pin;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.time.Instant;
import java.util.Date;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Page on which users set how long a staging is kept. */
public class LifetimeAction extends UnlistedPage {

    private final Staging staging;

    LifetimeAction(Staging staging) {
        super(Messages._LifetimeAction_displayName(), "lifetime");
        this.staging = staging;
    }

    public Staging getStaging() {
        return staging;
    }

    /**
     * Returns the initial values of the form.
     *
     * @param zone time zone of the user; null for Jenkins’ time zone
     */
    public LifetimeInput currentInput(@CheckForNull String zone) {
        return LifetimeInput.of(staging.lifetime().expiry(), zone);
    }

    /** Returns when the staging expires; null if it doesn’t. */
    @CheckForNull
    public Date getExpiresAt() {
        Instant expiry = staging.expiresAt();
        return expiry == null ? null : Date.from(expiry);
    }

    /** Returns when the staging is cleaned up automatically; null if it isn’t. */
    @CheckForNull
    public Date getCleanedUpAt() {
        Instant cleanup = staging.cleanedUpAt();
        return cleanup == null ? null : Date.from(cleanup);
    }

    /** Returns the display name of the user who pinned the staging; null if unknown. */
    @CheckForNull
    public String getPinnedBy() {
        Pin pin = staging.lifetime().pin();
        User user = pin == null || pin.by() == null ? null : User.getById(pin.by(), false);
        return user == null ? pin == null ? null : pin.by() : user.getDisplayName();
    }

    /** Returns the project’s number of days; 0 for never. */
    public int getProjectDays() {
        return staging.getParent().getLifetime().getExpiryDays();
    }

    /** Returns the project’s date; null for none. */
    @CheckForNull
    public Date getProjectDate() {
        Instant date = staging.getParent().getLifetime().expiryMoment();
        return date == null ? null : Date.from(date);
    }

    @RequirePOST
    public HttpResponse doPin() {
        return change(() -> LifetimeService.pin(staging), currentInput(null));
    }

    @RequirePOST
    public HttpResponse doUnpin() {
        return change(() -> LifetimeService.unpin(staging), currentInput(null));
    }

    /**
     * Sets the expiry. Without days and date, the project’s setting applies; 0 days means never.
     *
     * @param date date, see {@link LifetimeInput}
     * @param zone time zone of the date; Jenkins’ time zone if absent
     */
    @RequirePOST
    public HttpResponse doExpire(
            @QueryParameter String days, @QueryParameter String date, @QueryParameter String zone) {
        LifetimeInput input = LifetimeInput.typed(days, date, zone);
        return change(() -> LifetimeService.expire(staging, input.expiry()), input);
    }

    /** Change that can be refused. */
    @FunctionalInterface
    private interface LifetimeChange {
        void apply() throws RefusalException;
    }

    private HttpResponse change(LifetimeChange lifetimeChange, LifetimeInput input) {
        staging.checkPermission(Item.BUILD);
        try {
            lifetimeChange.apply();
            return HttpResponses.redirectViaContextPath(staging.getUrl());
        } catch (RefusalException e) {
            return new RefusalResponse(RefusalView.of(e).statusCode(), this, "index.jelly", "form", input.refused(e));
        }
    }

    /** Adds the action to every staging. */
    @Extension
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            super(Staging.class, LifetimeAction.class, LifetimeAction::new);
        }
    }
}
