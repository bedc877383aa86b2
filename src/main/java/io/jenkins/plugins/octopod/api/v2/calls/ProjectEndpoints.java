package io.jenkins.plugins.octopod.api.v2.calls;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.ApiResponse;
import io.jenkins.plugins.octopod.api.v2.dto.ProjectDto;
import io.jenkins.plugins.octopod.api.v2.dto.ProjectsDto;
import io.jenkins.plugins.octopod.api.v2.http.ConditionalRequests;
import io.jenkins.plugins.octopod.api.v2.http.PageCursor;
import io.jenkins.plugins.octopod.api.v2.http.Paging;
import io.jenkins.plugins.octopod.api.v2.http.QueryParameters;
import io.jenkins.plugins.octopod.api.v2.http.V2Json;
import io.jenkins.plugins.octopod.api.v2.http.V2Request;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.journal.ProjectIndex;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;

/** Endpoints that read projects. */
@ModuleInternal
public final class ProjectEndpoints {

    private static final String TEXT = "text";

    private ProjectEndpoints() {}

    public static ApiResponse list(V2Request request) throws ApiException {
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

    public static ApiResponse get(V2Request request) throws RefusalException, ApiException {
        request.requireNoQuery();
        OctopodProject project = request.project();
        return ConditionalRequests.versioned(request, "", () -> V2Json.reply(200, ProjectDto.of(project)));
    }
}
