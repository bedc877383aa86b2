package io.jenkins.plugins.octopod.api.v2.http;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.api.ApiException;
import io.jenkins.plugins.octopod.api.RequestBody;
import io.jenkins.plugins.octopod.api.v2.format.ApiUrls;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Request to an endpoint.
 *
 * @param path requested path below the version
 * @param parameters values of the URL’s parameters, in order
 * @param servlet HTTP request
 */
@ModuleInternal
public record V2Request(String path, List<String> parameters, HttpServletRequest servlet) {

    private static final int PROJECT = 0;
    private static final int STAGING = 1;
    private static final int OPERATION = 2;

    public boolean isHead() {
        return servlet.getMethod().equals("HEAD");
    }

    public <T> T body(RequestBody<T> expected) throws IOException, ApiException {
        return expected.read(servlet);
    }

    /**
     * Refuses a body and a query.
     *
     * @throws ApiException if the request has one
     */
    public void requireNothing() throws ApiException {
        if (servlet.getContentLengthLong() > 0 || servlet.getHeader("Transfer-Encoding") != null) {
            throw new ApiException(400, Messages.V2Request_body());
        }
        requireNoQuery();
    }

    /**
     * Refuses a query.
     *
     * @throws ApiException if the request has one
     */
    public void requireNoQuery() throws ApiException {
        String query = servlet.getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new ApiException(400, Messages.V2Request_query());
        }
    }

    /**
     * Returns the query’s parameters.
     *
     * @throws ApiException if a parameter isn’t among the names, or occurs more than once
     */
    public QueryParameters query(String... names) throws ApiException {
        return QueryParameters.of(servlet, List.of(names));
    }

    /**
     * Returns the project in the URL.
     *
     * @throws RefusalException if there is none, or the current user can’t see it
     */
    public OctopodProject project() throws RefusalException {
        String fullName = ApiUrls.fullName(parameters.get(PROJECT));
        OctopodProject project = Jenkins.get().getItemByFullName(fullName, OctopodProject.class);
        // Jenkins’ lookup of names can ignore case and additional slashes.
        if (project == null || !project.getFullName().equals(fullName)) {
            throw new RefusalException(Reason.UNKNOWN, Messages.V2Request_project(fullName));
        }
        return project;
    }

    public String stagingName() {
        return parameters.get(STAGING);
    }

    public String operationId() {
        return parameters.get(OPERATION);
    }

    /** Returns the staging in the URL; empty if there is none, or the current user can’t see it. */
    public Optional<Staging> findStaging(OctopodProject project) {
        return StagingService.find(project, stagingName())
                .filter(staging -> staging.getName().equals(stagingName()));
    }

    /**
     * Returns the staging in the URL.
     *
     * @throws RefusalException if there is none, or the current user can’t see it
     */
    public Staging staging() throws RefusalException {
        OctopodProject project = project();
        return findStaging(project)
                .orElseThrow(() -> new RefusalException(
                        Reason.UNKNOWN, Messages.V2Request_staging(stagingName(), project.getFullName())));
    }
}
