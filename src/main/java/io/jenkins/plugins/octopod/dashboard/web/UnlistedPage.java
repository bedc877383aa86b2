package io.jenkins.plugins.octopod.dashboard.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import io.jenkins.plugins.octopod.ModuleInternal;
import org.jvnet.localizer.Localizable;

/** Page of an object that has no task of its own in the side panel. Another page leads to it. */
@ModuleInternal
public abstract class UnlistedPage implements Action {

    private final Localizable displayName;
    private final String urlName;

    /**
     * Creates the page.
     *
     * @param displayName name in the breadcrumbs
     * @param urlName URL below the object’s
     */
    protected UnlistedPage(Localizable displayName, String urlName) {
        this.displayName = displayName;
        this.urlName = urlName;
    }

    /** Returns null, so that Jenkins adds no task. */
    @CheckForNull
    @Override
    public final String getIconFileName() {
        return null;
    }

    @Override
    public final String getDisplayName() {
        return displayName.toString();
    }

    @Override
    public final String getUrlName() {
        return urlName;
    }
}
