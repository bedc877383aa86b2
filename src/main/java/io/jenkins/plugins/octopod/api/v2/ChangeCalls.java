package io.jenkins.plugins.octopod.api.v2;

import com.fasterxml.jackson.core.type.TypeReference;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import io.jenkins.plugins.octopod.api.Body;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.NewStagingForm;
import io.jenkins.plugins.octopod.api.v2.forms.OverridesForm;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.SeenOverrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.Stagings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What can be done to stagings. Each is answered with its operation, as soon as it is accepted. */
final class ChangeCalls {

    private static final String OVERRIDES_EXAMPLE = "{\"deployment\":[{\"key\":\"image.tag\",\"value\":\"015f16e\"}],"
            + "\"application\":[{\"key\":\"DEBUG\",\"removed\":true}]}";

    private static final Body<OverridesForm> OVERRIDES =
            new Body<>(Forms.MAPPER, new TypeReference<>() {}, OVERRIDES_EXAMPLE);

    private static final Body<NewStagingForm> NEW_STAGING = new Body<>(
            Forms.MAPPER,
            new TypeReference<>() {},
            "{\"name\":\"orange-button\",\"overrides\":" + OVERRIDES_EXAMPLE + '}');

    private static final String FORGET = "forget";

    private ChangeCalls() {}

    static Reply create(V2Request request) throws RefusalException, Problem, IOException, InterruptedException {
        request.requireNoQuery();
        Etags.requireNoIfMatch(request);
        OctopodProject project = request.project();
        NewStagingForm form = request.body(NEW_STAGING);
        Optional<Staging> there = Stagings.find(project, form.name());
        String id = RequestKeys.get().once(RequestKey.of(request, form), there, requestId -> {
            Overrides deployment = form.overrides().deploymentOverrides();
            Overrides application = form.overrides().applicationOverrides();
            submit(requestId, project, form.name(), Kind.CREATE, deployment, application, null);
        });
        return OperationCalls.accepted(request, form.name(), id);
    }

    static Reply replace(V2Request request) throws RefusalException, Problem, IOException, InterruptedException {
        return update(request, Kind.UPDATE);
    }

    static Reply merge(V2Request request) throws RefusalException, Problem, IOException, InterruptedException {
        return update(request, Kind.MERGE);
    }

    private static Reply update(V2Request request, Kind kind)
            throws RefusalException, Problem, IOException, InterruptedException {
        request.requireNoQuery();
        return submit(request, kind, request.body(OVERRIDES));
    }

    /** An update that changes nothing of what is wanted. */
    static Reply redeploy(V2Request request) throws RefusalException, Problem, InterruptedException {
        return submit(request, Kind.MERGE);
    }

    static Reply archive(V2Request request) throws RefusalException, Problem, InterruptedException {
        return submit(request, Kind.ARCHIVE);
    }

    static Reply restore(V2Request request) throws RefusalException, Problem, InterruptedException {
        return submit(request, Kind.RESTORE);
    }

    static Reply cleanup(V2Request request) throws RefusalException, Problem, InterruptedException {
        return submit(request, Kind.CLEANUP);
    }

    private static Reply submit(V2Request request, Kind kind) throws RefusalException, Problem, InterruptedException {
        request.requireNothing();
        return submit(request, kind, null);
    }

    private static Reply submit(V2Request request, Kind kind, @CheckForNull OverridesForm form)
            throws RefusalException, Problem, InterruptedException {
        OctopodProject project = request.project();
        // The key first: by now, what it was for may have removed the staging.
        String id = RequestKeys.get().once(RequestKey.of(request, form), request.findStaging(project), requestId -> {
            Staging staging = request.staging();
            Overrides deployment = form == null ? Overrides.NONE : form.deploymentOverrides();
            Overrides application = form == null ? Overrides.NONE : form.applicationOverrides();
            SeenOverrides seen = Etags.wanted(request, staging);
            submit(requestId, project, staging.getName(), kind, deployment, application, seen);
        });
        return OperationCalls.accepted(request, request.stagingName(), id);
    }

    private static void submit(
            String requestId,
            OctopodProject project,
            String name,
            Kind kind,
            Overrides deployment,
            Overrides application,
            @CheckForNull SeenOverrides seen)
            throws RefusalException, InterruptedException {
        StagingRequest wanted = new StagingRequest(
                project, name, null, kind, application, deployment, List.of(new Cause.UserIdCause()));
        accept(requestId, word(kind), project, name, () -> Stagings.submit(wanted, requestId, seen));
    }

    /** Forgets the record, and runs nothing. */
    static Reply forget(V2Request request) throws RefusalException, Problem, InterruptedException {
        request.requireNothing();
        Etags.requireNoIfMatch(request);
        OctopodProject project = request.project();
        String id = RequestKeys.get().once(RequestKey.of(request, null), request.findStaging(project), requestId -> {
            Staging staging = request.staging();
            accept(requestId, FORGET, project, staging.getName(), () -> Stagings.forget(staging));
            AcceptedOperations.get().done(requestId);
        });
        return OperationCalls.accepted(request, request.stagingName(), id);
    }

    @FunctionalInterface
    private interface Facade {
        void ask() throws RefusalException, InterruptedException;
    }

    private static void accept(String requestId, String action, OctopodProject project, String name, Facade facade)
            throws RefusalException, InterruptedException {
        AcceptedOperations operations = AcceptedOperations.get();
        operations.add(requestId, action, project, name);
        boolean accepted = false;
        try {
            facade.ask();
            accepted = true;
        } finally {
            if (!accepted) {
                operations.remove(requestId);
            }
        }
    }

    /** As the action is called that it comes to. */
    private static String word(Kind kind) {
        return switch (kind) {
            case CREATE, DEPLOY, DEPLOY_EXACTLY -> "create";
            case UPDATE, MERGE -> "update";
            case ARCHIVE -> "archive";
            case RESTORE -> "restore";
            case CLEANUP -> "cleanup";
        };
    }
}
