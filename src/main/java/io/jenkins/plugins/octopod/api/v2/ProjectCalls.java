package io.jenkins.plugins.octopod.api.v2;

import io.jenkins.plugins.octopod.api.Problem;
import io.jenkins.plugins.octopod.api.Reply;
import io.jenkins.plugins.octopod.api.v2.forms.ProjectForm;
import io.jenkins.plugins.octopod.api.v2.forms.ProjectsForm;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.changes.ProjectIndex;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;

/** What can be known of projects. */
final class ProjectCalls {

    private static final String TEXT = "text";

    private ProjectCalls() {}

    static Reply list(V2Request request) throws Problem {
        Query query = request.query(TEXT, Paging.SORT, Paging.LIMIT, Paging.CURSOR);
        Paging paging = Paging.of(request, query, List.of("name"));
        return Etags.versioned(request, query, () -> {
            List<String> words = StagingFilter.words(query.text(TEXT));
            List<OctopodProject> projects = ProjectIndex.get().visibleIn(Jenkins.get()).stream()
                    .filter(project -> words.stream().allMatch(text(project)::contains))
                    .toList();
            Paging.Page<OctopodProject> page = paging.page(
                    projects,
                    project -> new Position(StagingFilter.lower(project.getFullName()), project.getFullName()));
            return page.reply(new ProjectsForm(
                    page.total(),
                    page.next(),
                    page.items().stream().map(ProjectForm::of).toList()));
        });
    }

    private static String text(OctopodProject project) {
        return (project.getFullName() + ' ' + project.getDisplayName()).toLowerCase(Locale.ROOT);
    }

    static Reply get(V2Request request) throws RefusalException, Problem {
        request.requireNoQuery();
        OctopodProject project = request.project();
        return Etags.versioned(request, "", () -> Forms.reply(200, ProjectForm.of(project)));
    }
}
