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
 * A request that has found its call.
 *
 * @param path below the version, as it was asked for
 * @param parameters what stands in the address in the places of the call’s parameters, in order
 * @param servlet the request itself
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

    /** @throws ApiException if there is a body where none is read, or a query */
    public void requireNothing() throws ApiException {
        if (servlet.getContentLengthLong() > 0 || servlet.getHeader("Transfer-Encoding") != null) {
            throw new ApiException(400, Messages.V2Request_body());
        }
        requireNoQuery();
    }

    /** @throws ApiException if there is one */
    public void requireNoQuery() throws ApiException {
        String query = servlet.getQueryString();
        if (query != null && !query.isEmpty()) {
            throw new ApiException(400, Messages.V2Request_query());
        }
    }

    /** @throws ApiException if it has parameters that aren’t among these, or one more than once */
    public QueryParameters query(String... names) throws ApiException {
        return QueryParameters.of(servlet, List.of(names));
    }

    /**
     * The project that the address names.
     *
     * @throws RefusalException if there is none, or the current user may not see it
     */
    public OctopodProject project() throws RefusalException {
        String fullName = ApiUrls.fullName(parameters.get(PROJECT));
        OctopodProject project = Jenkins.get().getItemByFullName(fullName, OctopodProject.class);
        // Jenkins finds items by names in other letters, and by more slashes, too.
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

    /** The staging that the address names; empty where there is none, or the current user may not see it. */
    public Optional<Staging> findStaging(OctopodProject project) {
        return StagingService.find(project, stagingName())
                .filter(staging -> staging.getName().equals(stagingName()));
    }

    /** @throws RefusalException if there is none, or the current user may not see it */
    public Staging staging() throws RefusalException {
        OctopodProject project = project();
        return findStaging(project)
                .orElseThrow(() -> new RefusalException(
                        Reason.UNKNOWN, Messages.V2Request_staging(stagingName(), project.getFullName())));
    }
}
