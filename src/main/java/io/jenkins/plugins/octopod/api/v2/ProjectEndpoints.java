package io.jenkins.plugins.octopod.api.v2;

import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.forms.ProjectDto;
import io.jenkins.plugins.octopod.api.v2.forms.ProjectsDto;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.changes.ProjectIndex;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;

/** Endpoints that read projects. */
final class ProjectEndpoints {

    private static final String TEXT = "text";

    private ProjectEndpoints() {}

    static ApiResponse list(V2Request request) throws ApiException {
        QueryParameters queryParameters = request.query(TEXT, Paging.SORT, Paging.LIMIT, Paging.CURSOR);
        Paging paging = Paging.of(request, queryParameters, List.of("name"));
        return ConditionalRequests.versioned(request, queryParameters, () -> {
            List<String> words = StagingFilter.words(queryParameters.text(TEXT));
            List<OctopodProject> projects = ProjectIndex.get().visibleIn(Jenkins.get()).stream()
                    .filter(project -> words.stream().allMatch(text(project)::contains))
                    .toList();
            Paging.Page<OctopodProject> page = paging.page(
                    projects,
                    project -> new PageCursor(StagingFilter.lower(project.getFullName()), project.getFullName()));
            return page.reply(new ProjectsDto(
                    page.total(),
                    page.next(),
                    page.items().stream().map(ProjectDto::of).toList()));
        });
    }

    private static String text(OctopodProject project) {
        return (project.getFullName() + ' ' + project.getDisplayName()).toLowerCase(Locale.ROOT);
    }

    static ApiResponse get(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        OctopodProject project = request.project();
        return ConditionalRequests.versioned(request, "", () -> V2Json.reply(200, ProjectDto.of(project)));
    }
}
