package io.jenkins.plugins.octopod.api.v1;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import hudson.security.csrf.CrumbFilter;
import hudson.security.csrf.CrumbIssuer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Sees to it that no page of another site changes anything with somebody’s session, by whatever method. */
final class Crumbs {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private Crumbs() {}

    /**
     * Whether the request may change something: core looks at POST only, so all other methods are shown to it as one. Where
     * not, it has been answered.
     */
    static boolean allow(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (SAFE.contains(request.getMethod())) {
            return true;
        }
        AtomicBoolean allowed = new AtomicBoolean();
        HttpServletRequest asPost = new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return "POST";
            }
        };
        new CrumbFilter().doFilter(asPost, response, (req, rsp) -> allowed.set(true));
        return allowed.get();
    }

    /**
     * Answers in JSON what core would refuse with a page. Lets nothing pass: what has a valid crumb is left to core, which
     * looks at it again. Comes last, as there may be others who know of a request that it needs none.
     */
    @Extension(ordinal = -1_000_000)
    @Restricted(NoExternalUse.class)
    public static final class Refusal extends CrumbExclusion {

        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException {
            CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
            if (issuer == null || !ApiAddress.isOf(request) || isValid(issuer, request)) {
                return false;
            }
            Reply.error(HttpServletResponse.SC_FORBIDDEN, Messages.Crumbs_missing(issuer.getCrumbRequestField()))
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
}
