package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.View;
import hudson.model.ViewDescriptor;
import hudson.model.ViewGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.dashboard.feed.StagingsScope;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.Stagings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** A project’s stagings in a table, with the form for a new one. */
public class StagingsView extends View {

    @DataBoundConstructor
    public StagingsView(String name) {
        super(name);
    }

    StagingsView(String name, ViewGroup owner) {
        super(name, owner);
    }

    /** The project that it is a page of; null where it shows those of several. */
    @CheckForNull
    public OctopodProject getProject() {
        return getOwner().getItemGroup() instanceof OctopodProject project ? project : null;
    }

    private StagingsScope scope() {
        return new StagingsScope(getOwner().getItemGroup());
    }

    public StagingsBoard getBoard() {
        return new StagingsBoard(scope());
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

    /** What the form shows at first. */
    public StagingForm getEmptyForm() {
        return StagingForm.EMPTY;
    }

    /**
     * Takes in the form for a new staging. The answer waits for {@code config_check}: what that says has to stand in the
     * form, and a person who has just pressed a button waits a moment more gladly than they look for a refusal elsewhere.
     */
    @RequirePOST
    public HttpResponse doCreateStaging(
            @QueryParameter String name, @QueryParameter String deployment, @QueryParameter String application)
            throws InterruptedException {
        getProject().checkPermission(Item.CREATE);
        StagingForm form = new StagingForm(Util.fixNull(name).trim(), deployment, application);
        try {
            AcceptedRequest accepted = Stagings.submit(form.request(getProject(), Kind.CREATE));
            return HttpResponses.redirectViaContextPath(accepted.staging().getUrl());
        } catch (RefusalException e) {
            return form.refusedBy(e, this, "newStaging.jelly");
        }
    }

    /** Says nothing of an empty field, which isn’t wrong yet. */
    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        OctopodProject project = getProject();
        String name = Util.fixEmptyAndTrim(value);
        if (name == null || !project.hasPermission(Item.CREATE)) {
            return FormValidation.ok();
        }
        try {
            StagingName.of(name, project.getMaxNameLength());
        } catch (RefusalException e) {
            return FormValidation.error(e.getMessage());
        }
        return Stagings.find(project, name).isPresent()
                ? FormValidation.error(Messages.StagingsView_taken(name))
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckOverrides(@QueryParameter String value) {
        return StagingForm.checkOverrides(value);
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
