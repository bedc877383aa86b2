package io.jenkins.plugins.octopod.api.v2;

import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.ConfigurationForm;
import io.jenkins.plugins.octopod.api.v2.forms.OverridesForm;
import io.jenkins.plugins.octopod.api.v2.forms.StagingDetailsForm;
import io.jenkins.plugins.octopod.api.v2.forms.StagingForm;
import io.jenkins.plugins.octopod.api.v2.forms.StagingsForm;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.changes.ProjectIndex;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsAnswers;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** What can be known of stagings. */
final class StagingCalls {

    private StagingCalls() {}

    static Reply listAll(V2Request request) throws Problem {
        return list(request, query(request, StagingFilter.PROJECT), () -> ProjectIndex.get()
                .visibleIn(Jenkins.get()));
    }

    static Reply listOfProject(V2Request request) throws RefusalException, Problem {
        OctopodProject project = request.project();
        return list(request, query(request), () -> List.of(project));
    }

    private static Query query(V2Request request, String... also) throws Problem {
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

    private static Reply list(V2Request request, Query query, Supplier<List<OctopodProject>> projects) throws Problem {
        StagingFilter filter = StagingFilter.of(query);
        Paging paging = Paging.of(request, query, List.of("name", "project", "status", "created", "changed", "since"));
        return Etags.versioned(request, query, () -> {
            List<Staging> stagings = projects.get().stream()
                    .flatMap(project -> project.getItems(Staging.class::isInstance).stream())
                    .map(Staging.class::cast)
                    .filter(filter)
                    .toList();
            Paging.Page<Staging> page =
                    paging.page(stagings, staging -> new Position(key(staging, paging.key()), staging.getFullName()));
            return page.reply(new StagingsForm(
                    page.total(),
                    page.next(),
                    page.items().stream().map(StagingForm::of).toList()));
        });
    }

    private static String key(Staging staging, String sort) {
        return switch (sort) {
            case "project" -> StagingFilter.lower(staging.getParent().getFullName());
            case "status" -> staging.getStatus().name();
            case "created" -> key(staging.createdAt());
            case "changed" -> key(staging.changedAt());
            case "since" -> key(staging.record().since());
            default -> staging.getName();
        };
    }

    private static String key(Instant instant) {
        return String.format(Locale.ROOT, "%020d", instant.toEpochMilli());
    }

    static Reply get(V2Request request) throws RefusalException, Problem {
        request.requireNoQuery();
        Staging staging = request.staging();
        // Whoever may not read what scripts print isn’t told their defaults, and doesn’t have them asked either.
        DefaultsAnswers defaults = staging.hasPermission(StagingPermissions.LOG)
                ? DefaultsCache.get().ask(staging.getParent(), staging.getDeploymentOverrides())
                : null;
        int known = defaults == null ? 0 : Objects.hash(defaults.deployment(), defaults.application());
        return Etags.versioned(
                request,
                known,
                () -> Forms.reply(
                        200, new StagingDetailsForm(StagingForm.of(staging), ConfigurationForm.of(staging, defaults))));
    }

    /** Its tag is the one that an update can be made dependent on. */
    static Reply overrides(V2Request request) throws RefusalException, Problem {
        request.requireNoQuery();
        Staging staging = request.staging();
        // The tag first: with a newer one for older overrides, an update could undo unawares what another has done.
        String tag = Etags.of(staging);
        return Etags.conditional(request, tag, () -> Forms.reply(200, OverridesForm.of(staging)));
    }
}
