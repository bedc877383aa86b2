package io.jenkins.plugins.octopod.api.v2.dto;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.project.OctopodProject;

/**
 * A project.
 *
 * @param tagKey key whose value is the deployed version
 * @param maxNameLength maximum length of a staging’s name, in characters
 */
public record ProjectDto(
        @JsonUnwrapped Names names,
        @JsonUnwrapped Addresses addresses,
        @JsonUnwrapped ScriptValues scriptValues,
        String tagKey,
        int maxNameLength) {

    public static ProjectDto of(OctopodProject project) {
        return new ProjectDto(
                Names.of(project),
                Addresses.of(project),
                ScriptValues.of(project.identity()),
                project.getTagKey(),
                project.getMaxNameLength());
    }

    /**
     * Names of a project.
     *
     * @param id id of the project in URLs
     * @param fullName full name in Jenkins
     * @param name display name
     */
    record Names(String id, String fullName, String name) {

        private static Names of(OctopodProject project) {
            String fullName = project.getFullName();
            return new Names(ApiUrls.projectId(fullName), fullName, project.getDisplayName());
        }
    }

    /**
     * URLs of a project.
     *
     * @param address URL of the project in this API
     * @param page URL of the project’s page in Jenkins
     * @param stagings URL of the project’s stagings in this API
     */
    record Addresses(String address, String page, String stagings) {

        private static Addresses of(OctopodProject project) {
            String fullName = project.getFullName();
            return new Addresses(ApiUrls.project(fullName), ApiUrls.page(project.getUrl()), ApiUrls.stagings(fullName));
        }
    }

    /** Values that control scripts get. */
    record ScriptValues(String projectName, String baseDomain, String namespace) {

        private static ScriptValues of(ProjectIdentity identity) {
            return new ScriptValues(identity.projectName(), identity.baseDomain(), identity.namespace());
        }
    }
}
