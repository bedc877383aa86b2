package io.jenkins.plugins.octopod.api.v1;

import hudson.Extension;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.project.OctopodProject;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** API below {@code octopod/} of a project, for which the original’s command uses the project as its server. */
@Restricted(NoExternalUse.class)
public final class ApiAction extends InvisibleAction {

    static final String URL_NAME = "octopod";

    private final OctopodProject project;

    ApiAction(OctopodProject project) {
        this.project = project;
    }

    /** Handles any method and URL. {@link Routes} defines the valid ones, and each endpoint checks permissions. */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        new Routes(project).serve(request, response);
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Adds the action to every project. */
    @Extension
    public static class Factory extends SingleActionFactory<OctopodProject> {

        public Factory() {
            super(OctopodProject.class, ApiAction.class, ApiAction::new);
        }
    }
}
