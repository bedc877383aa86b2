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
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A project’s stagings in a table, with the form for a new one. */
public class StagingsView extends View {

    @DataBoundConstructor
    public StagingsView(String name) {
        super(name);
    }

    StagingsView(String name, ViewGroup owner) {
        super(name, owner);
    }

    /** The project that it is a page of; null if it shows those of several. */
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
        return scope().stagings();
    }

    @Override
    public boolean contains(TopLevelItem item) {
        return item instanceof Staging staging && scope().projects().contains(staging.getParent());
    }

    /** Where the dialog for a new staging opens, from the root of Jenkins; null for those who may not create one. */
    @CheckForNull
    public String getNewStagingUrl() {
        OctopodProject project = getProject();
        return project != null && project.hasPermission(Item.CREATE) ? getUrl() + "?new" : null;
    }

    /** Where the form was before it became a dialog; somebody may have kept the address. */
    public HttpResponse doNewStaging() {
        return HttpResponses.redirectViaContextPath(getUrl() + "?new");
    }

    /** Stagings come from the façade alone, never from a view; other items have no place in a project. */
    @Override
    public Item doCreateItem(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        if (getOwner().getItemGroup() instanceof ModifiableTopLevelItemGroup group) {
            return group.doCreateItem(req, rsp);
        }
        throw HttpResponses.error(400, Messages.StagingsView_noOtherItems());
    }

    @Override
    protected void submit(StaplerRequest2 req) {
        // Nothing to set but what every view has.
    }

    /** Offered wherever there are views: a page of its own for the stagings of a folder, or of all of Jenkins. */
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
