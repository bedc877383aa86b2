package io.jenkins.plugins.octopod.api.v2.calls;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.dto.ConfigurationDto;
import io.jenkins.plugins.octopod.api.v2.dto.OverridesDto;
import io.jenkins.plugins.octopod.api.v2.dto.StagingDetailsDto;
import io.jenkins.plugins.octopod.api.v2.dto.StagingDto;
import io.jenkins.plugins.octopod.api.v2.dto.StagingsDto;
import io.jenkins.plugins.octopod.api.v2.http.ConditionalRequests;
import io.jenkins.plugins.octopod.api.v2.http.PageCursor;
import io.jenkins.plugins.octopod.api.v2.http.Paging;
import io.jenkins.plugins.octopod.api.v2.http.QueryParameters;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.defaults.CachedDefaults;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** Endpoints that read stagings. */
@ModuleInternal
public final class StagingEndpoints {

    private StagingEndpoints() {}

    public static ApiResponse listAll(V2Request request) throws ApiException {
        return list(request, query(request, StagingFilter.PROJECT), () -> ProjectIndex.get()
                .visibleIn(Jenkins.get()));
    }

    public static ApiResponse listOfProject(V2Request request) throws RefusalException, ApiException {
        OctopodProject project = request.project();
        return list(request, query(request), () -> List.of(project));
    }

    private static QueryParameters query(V2Request request, String... also) throws ApiException {
        List<String> names = new ArrayList<>(List.of(also));
        names.addAll(List.of(
                StagingFilter.STATUS,
                StagingFilter.TEXT,
                StagingFilter.MINE,
                StagingFilter.ARCHIVED,
                StagingFilter.BUSY,
                Paging.SORT,
                Paging.LIMIT,
                Paging.CURSOR));
        return request.query(names.toArray(new String[0]));
    }

    private static ApiResponse list(
            V2Request request, QueryParameters queryParameters, Supplier<List<OctopodProject>> projects)
            throws ApiException {
        StagingFilter filter = StagingFilter.of(queryParameters);
        Paging paging = Paging.of(
                request, queryParameters, List.of("name", "project", "status", "created", "changed", "since"));
        return ConditionalRequests.versioned(request, queryParameters, () -> {
            List<Staging> stagings = projects.get().stream()
                    .flatMap(project -> project.visibleChildren(Staging.class))
                    .filter(filter)
                    .toList();
            Paging.Page<Staging> page =
                    paging.page(stagings, staging -> new PageCursor(key(staging, paging.key()), staging.getFullName()));
            return page.reply(new StagingsDto(
                    page.total(),
                    page.next(),
                    page.items().stream().map(StagingDto::of).toList()));
        });
    }

    private static String key(Staging staging, String sort) {
        return switch (sort) {
            case "project" -> StagingFilter.lower(staging.getParent().getFullName());
            case "status" -> staging.getStatus().name();
            case "created" -> key(staging.createdAt());
            case "changed" -> key(staging.changedAt());
            case "since" -> key(staging.observedState().since());
            default -> staging.getName();
        };
    }

    private static String key(Instant instant) {
        return String.format(Locale.ROOT, "%020d", instant.toEpochMilli());
    }

    public static ApiResponse get(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        Staging staging = request.staging();
        // Default values are script output: a user who can’t read the logs doesn’t see them and doesn’t run the
        // scripts.
        CachedDefaults defaults = staging.hasPermission(StagingPermissions.LOG)
                ? DefaultsService.get().ask(staging.getParent(), staging.getDeploymentOverrides())
                : null;
        int known = defaults == null ? 0 : Objects.hash(defaults.deployment(), defaults.application());
        return ConditionalRequests.versioned(
                request,
                known,
                () -> V2Json.reply(
                        200, new StagingDetailsDto(StagingDto.of(staging), ConfigurationDto.of(staging, defaults))));
    }

    /** Returns the overrides. Clients can make an update depend on the response’s ETag. */
    public static ApiResponse overrides(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        // Read once: a newer tag for older overrides could let an update undo another user’s change by accident.
        StagingOverrides overrides = request.staging().overrides();
        return ConditionalRequests.conditional(
                request, ConditionalRequests.tag(overrides), () -> V2Json.reply(200, OverridesDto.of(overrides)));
    }
}
