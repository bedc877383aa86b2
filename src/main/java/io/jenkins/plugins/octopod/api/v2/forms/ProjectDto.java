package io.jenkins.plugins.octopod.api.v2.forms;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.project.OctopodProject;

/**
 * A project.
 *
 * @param id as it is called in addresses
 * @param fullName in Jenkins
 * @param name as people call it
 * @param address in this API
 * @param page its page in Jenkins
 * @param stagings the address of its stagings in this API
 * @param projectName as control scripts are told; so are the next two
 * @param tagKey of the deployment configuration, whose value tells what is deployed
 * @param maxNameLength of a staging, in characters
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
