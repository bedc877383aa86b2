package io.jenkins.plugins.octopod.api.v2.dto;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.project.OctopodProject;

/**
 * A project.
 *
 * @param id id of the project in URLs
 * @param fullName full name in Jenkins
 * @param name display name
 * @param address URL of the project in this API
 * @param page URL of the project’s page in Jenkins
 * @param stagings URL of the project’s stagings in this API
 * @param projectName project name that control scripts get
 * @param baseDomain base domain that control scripts get
 * @param namespace namespace that control scripts get
 * @param tagKey key in the deployment configuration whose value says what is deployed, or {@code null} if none is set
 * @param maxNameLength maximum length of a staging’s name, in characters
 */
public record ProjectDto(
        String id,
        String fullName,
        String name,
        String address,
        String page,
        String stagings,
        String projectName,
        String baseDomain,
        String namespace,
        @CheckForNull String tagKey,
        int maxNameLength) {

    public static ProjectDto of(OctopodProject project) {
        String fullName = project.getFullName();
        ProjectIdentity identity = project.identity();
        return new ProjectDto(
                ApiUrls.projectId(fullName),
                fullName,
                project.getDisplayName(),
                ApiUrls.project(fullName),
                ApiUrls.page(project.getUrl()),
                ApiUrls.stagings(fullName),
                identity.projectName(),
                identity.baseDomain(),
                identity.namespace(),
                project.getTagKey(),
                project.getMaxNameLength());
    }
}
