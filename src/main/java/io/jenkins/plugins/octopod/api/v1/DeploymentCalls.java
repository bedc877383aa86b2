package io.jenkins.plugins.octopod.api.v1;

import hudson.model.Cause;
import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v1.forms.CommandResponse;
import io.jenkins.plugins.octopod.api.v1.forms.CurrentStatus;
import io.jenkins.plugins.octopod.api.v1.forms.Deployment;
import io.jenkins.plugins.octopod.api.v1.forms.FullInfo;
import io.jenkins.plugins.octopod.api.v1.forms.Info;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.staging.CheckNow;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.Stagings;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What can be known of stagings, and done to them. */
final class DeploymentCalls {

    /** Taken once, as a status may change while they are sorted. */
    private record Listed(Instant changed, FullInfo info) {}

    private static final Comparator<Listed> NEWEST_CHANGE_FIRST =
            Comparator.comparing(Listed::changed).reversed();

    private DeploymentCalls() {}

    static Reply list(ApiRequest request) {
        List<FullInfo> list = request.project().getItems(Staging.class::isInstance).stream()
                .map(Staging.class::cast)
                .map(FullInfo::of)
                .map(info -> new Listed(Instant.parse(info.updatedAt()), info))
                .sorted(NEWEST_CHANGE_FIRST)
                .map(Listed::info)
                .toList();
        return Replies.ok(list);
    }

    static Reply create(ApiRequest request) throws RefusalException, Problem, IOException, InterruptedException {
        return submit(request, Kind.CREATE, request.body(Bodies.DEPLOYMENT));
    }

    static Reply update(ApiRequest request) throws RefusalException, Problem, IOException, InterruptedException {
        return submit(
                request,
                Kind.UPDATE,
                request.body(Bodies.UPDATE).named(request.staging().getName()));
    }

    static Reply archive(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.ARCHIVE);
    }

    static Reply restore(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.RESTORE);
    }

    static Reply cleanup(ApiRequest request) throws RefusalException, InterruptedException {
        return submit(request, Kind.CLEANUP);
    }

    static Reply delete(ApiRequest request) throws RefusalException, InterruptedException {
        Stagings.forget(request.staging());
        return Replies.ok(CommandResponse.SUCCESS);
    }

    static Reply info(ApiRequest request) throws RefusalException, IOException {
        return Replies.ok(List.of(Info.of(request.staging())));
    }

    static Reply fullInfo(ApiRequest request) throws RefusalException {
        return Replies.ok(FullInfo.of(request.staging()));
    }

    static Reply status(ApiRequest request) throws RefusalException, InterruptedException {
        return Replies.ok(CurrentStatus.of(CheckNow.ask(request.staging())));
    }

    private static Reply submit(ApiRequest request, Kind kind) throws RefusalException, InterruptedException {
        return submit(request, kind, request.staging().getName(), Overrides.NONE, Overrides.NONE);
    }

    private static Reply submit(ApiRequest request, Kind kind, Deployment wanted)
            throws RefusalException, InterruptedException {
        return submit(request, kind, wanted.name(), wanted.application(), wanted.deployment());
    }

    private static Reply submit(ApiRequest request, Kind kind, String name, Overrides application, Overrides deployment)
            throws RefusalException, InterruptedException {
        Stagings.submit(new StagingRequest(
                request.project(), name, null, kind, application, deployment, List.of(new Cause.UserIdCause())));
        return Replies.ok(CommandResponse.SUCCESS);
    }
}
