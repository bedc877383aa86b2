package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.View;
import hudson.model.ViewDescriptor;
import hudson.model.ViewGroup;
import io.jenkins.plugins.octopod.dashboard.feed.ProjectScope;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** View with the table of stagings and, for a single project, the form for a new one. */
public class StagingsView extends View {

    @DataBoundConstructor
    public StagingsView(String name) {
        super(name);
    }

    StagingsView(String name, ViewGroup owner) {
        super(name, owner);
    }

    /** Returns the project of the view; null if the view shows several projects. */
    @CheckForNull
    public OctopodProject getProject() {
        return getOwner().getItemGroup() instanceof OctopodProject project ? project : null;
    }

    private ProjectScope scope() {
        return new ProjectScope(getOwner().getItemGroup());
    }

    public StagingsTableModel getBoard() {
        return new StagingsTableModel(scope());
    }

    @NonNull
    @Override
    public Collection<TopLevelItem> getItems() {
        return List.copyOf(scope().stagings());
    }

    @Override
    public boolean contains(TopLevelItem item) {
        return item instanceof Staging staging && scope().projects().contains(staging.getParent());
    }

    /**
     * Returns the URL that opens the dialog for a new staging, relative to Jenkins’ root; null if the user can’t create
     * one.
     */
    @CheckForNull
    public String getNewStagingUrl() {
        OctopodProject project = getProject();
        return project != null && project.hasPermission(Item.CREATE) ? getUrl() + "?new" : null;
    }

    /** Redirects from the old URL of the form, before it became a dialog. Users might have bookmarked it. */
    public HttpResponse doNewStaging() {
        return HttpResponses.redirectViaContextPath(getUrl() + "?new");
    }

    /** Passes the request to the group. In a project, which creates stagings only through the façade, it is refused. */
    @Override
    public Item doCreateItem(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        if (getOwner().getItemGroup() instanceof ModifiableTopLevelItemGroup group) {
            return group.doCreateItem(req, rsp);
        }
        throw HttpResponses.error(400, Messages.StagingsView_noOtherItems());
    }

    @Override
    protected void submit(StaplerRequest2 req) {
        // There are no settings except those of every view.
    }

    /** Descriptor of the view. It is available for all folders and for Jenkins. */
    @Extension
    @Symbol("stagings")
    public static class DescriptorImpl extends ViewDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.StagingsView_displayName();
        }
    }
}
