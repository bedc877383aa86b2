package io.jenkins.plugins.octopod.api;

import hudson.security.csrf.CrumbExclusion;
import hudson.security.csrf.CrumbIssuer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import jenkins.model.Jenkins;

/**
 * Responds in an API version’s own error format to a request that core would reject with an HTML page. It never exempts
 * a request: if the crumb is valid, core checks it again.
 */
public abstract class OctopodCrumbExclusion extends CrumbExclusion {

    /** Order after other exclusions, because one of them might exempt the request. */
    public static final double ORDINAL = -1_000_000;

    private final ErrorMapper errorMapper;

    protected OctopodCrumbExclusion(ErrorMapper errorMapper) {
        this.errorMapper = errorMapper;
    }

    @Override
    public final boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        if (issuer == null || !errorMapper.isAddressed(request) || isValid(issuer, request)) {
            return false;
        }
        errorMapper
                .error(
                        HttpServletResponse.SC_FORBIDDEN,
                        Messages.OctopodCrumbExclusion_missing(issuer.getCrumbRequestField()))
                .send(response);
        return true;
    }

    private static boolean isValid(CrumbIssuer issuer, HttpServletRequest request) {
        String field = issuer.getDescriptor().getCrumbRequestField();
        String header = request.getHeader(field);
        String crumb = header == null ? request.getParameter(field) : header;
        return crumb != null
                && issuer.validateCrumb(request, issuer.getDescriptor().getCrumbSalt(), crumb);
    }
}
