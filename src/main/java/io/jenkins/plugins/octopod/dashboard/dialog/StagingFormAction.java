package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.Item;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTasks;
import io.jenkins.plugins.octopod.dashboard.web.JsonHttp;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.OverridesLimits;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Requests of the dialog for a project’s stagings, with JSON bodies. Has no page. Users need the permission to create a
 * staging, or to update the one in question. No response waits for a script.
 */
@Restricted(NoExternalUse.class)
public final class StagingFormAction extends InvisibleAction {

    static final String URL = "staging-form";

    /** Limit in bytes. */
    private static final int MAX_NAME_REQUEST = 16 << 10;

    private final OctopodProject project;

    StagingFormAction(OctopodProject project) {
        this.project = project;
    }

    private record NameRequest(String name) {}

    private record CurrentRequest(String name) {}

    /**
     * Request for default values.
     *
     * @param name name of the staging to update; null for a new one
     * @param deployment deployment overrides typed so far
     * @param reload whether to run the scripts again
     */
    private record DefaultsRequest(
            @CheckForNull String name, @CheckForNull List<KeyValueEntry> deployment, boolean reload) {}

    /**
     * Request for recent values.
     *
     * @param name name of the staging to update; null for a new one
     */
    private record RecentRequest(@CheckForNull String name) {}

    private record Ticket(String ticket) {}

    /**
     * Checks whether a name is available for a new staging. Responds to {@code {name}} with a {@link NameValidation}.
     */
    @POST
    public HttpResponse doCheckName(StaplerRequest2 req) throws IOException {
        project.checkPermission(Item.CREATE);
        return JsonHttp.ok(NameValidation.of(
                project, JsonHttp.read(req, NameRequest.class, MAX_NAME_REQUEST).name()));
    }

    /** Returns the current state of a staging. Responds to {@code {name}} with {@link CurrentOverrides}. */
    @POST
    public HttpResponse doCurrent(StaplerRequest2 req) throws IOException {
        String name = JsonHttp.read(req, CurrentRequest.class, MAX_NAME_REQUEST).name();
        return JsonHttp.ok(CurrentOverrides.of(updatable(name)));
    }

    /**
     * Returns the overrides that a new staging like an existing one begins with. Responds to {@code {name}} with
     * {@link CopiedOverrides}.
     */
    @POST
    public HttpResponse doLike(StaplerRequest2 req) throws IOException {
        project.checkPermission(Item.CREATE);
        String name = JsonHttp.read(req, CurrentRequest.class, MAX_NAME_REQUEST).name();
        return JsonHttp.ok(CopiedOverrides.of(StagingService.find(project, name).orElseThrow(HttpResponses::notFound)));
    }

    /** Returns the known default values. Responds to {@link DefaultsRequest} with {@link ConfigurationState.Both}. */
    @POST
    public HttpResponse doDefaults(StaplerRequest2 req) throws IOException {
        DefaultsRequest defaultsRequest = JsonHttp.read(req, DefaultsRequest.class);
        checkPermission(defaultsRequest.name());
        Overrides overrides = KeyValueEntry.readable(defaultsRequest.deployment());
        try {
            OverridesLimits.require(new StagingOverrides(Overrides.NONE, overrides));
        } catch (RefusalException e) {
            return JsonHttp.ok(ConfigurationState.Both.refused(project, e.getMessage()));
        }
        DefaultsService service = DefaultsService.get();
        if (defaultsRequest.reload()) {
            service.reload(project, overrides);
        }
        return JsonHttp.ok(
                ConfigurationState.Both.of(project, service.ask(project, overrides), service.askTags(project)));
    }

    /** Returns recent values of keys. Responds to {@link RecentRequest} with {@link RecentValues}. */
    @POST
    public HttpResponse doRecent(StaplerRequest2 req) throws IOException {
        checkPermission(
                JsonHttp.read(req, RecentRequest.class, MAX_NAME_REQUEST).name());
        return JsonHttp.ok(RecentValues.of(project));
    }

    /** Checks the permission to update a staging, or to create one if the name is null. */
    private void checkPermission(@CheckForNull String name) {
        if (name == null) {
            project.checkPermission(Item.CREATE);
        } else {
            updatable(name);
        }
    }

    /**
     * Starts a {@link DialogSubmission}. Responds with a ticket, see {@link BackgroundTasks}, or with a
     * {@link RefusalView}.
     */
    @POST
    public HttpResponse doSubmit(StaplerRequest2 req) throws IOException {
        try {
            DialogSubmission submission = JsonHttp.read(req, DialogSubmission.class);
            return JsonHttp.answer(202, new Ticket(BackgroundTasks.get().start(submission.tasks(project))));
        } catch (RefusalException e) {
            RefusalView refusalView = RefusalView.of(e);
            return JsonHttp.answer(refusalView.statusCode(), refusalView);
        }
    }

    private Staging updatable(@CheckForNull String name) {
        Optional<Staging> staging = StagingService.find(project, name);
        if (staging.isEmpty()) {
            throw HttpResponses.notFound();
        }
        staging.get().checkPermission(Item.BUILD);
        return staging.get();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Adds the action to every project. */
    @Extension
    public static class Factory extends SingleActionFactory<OctopodProject> {

        public Factory() {
            super(OctopodProject.class, StagingFormAction.class, StagingFormAction::new);
        }
    }
}
