package io.jenkins.plugins.octopod.api;

import hudson.util.PluginServletFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Converts Jenkins’ error pages to JSON for requests that are rejected before they reach the API, for example because
 * the project does not exist or is not visible. API clients can’t use a page with a login form.
 */
@Restricted(NoExternalUse.class)
public final class JsonErrorFilter implements Filter {

    private final ErrorMapper errorMapper;

    private JsonErrorFilter(ErrorMapper errorMapper) {
        this.errorMapper = errorMapper;
    }

    /** Registers the filter for an API version, while plugins are initialized. */
    public static void register(ErrorMapper errorMapper) throws ServletException {
        PluginServletFilter.addFilter(new JsonErrorFilter(errorMapper));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked)
                || !(response instanceof HttpServletResponse httpResponse)
                || !errorMapper.isAddressed(asked)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            InJson inJson = new InJson(httpResponse);
            chain.doFilter(request, inJson);
            inJson.replacePage();
        } catch (IOException | ServletException | RuntimeException e) {
            if (httpResponse.isCommitted()) {
                throw e;
            }
            httpResponse.reset();
            errorMapper.of(e).send(httpResponse);
        }
    }

    private final class InJson extends HttpServletResponseWrapper {

        InJson(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            sendError(status, null);
        }

        @Override
        public void sendError(int status, String sentence) throws IOException {
            resetBuffer();
            errorMapper.error(status, sentence(status, sentence)).send(this);
        }

        /**
         * Replaces an HTML error page that was already written. For example, Stapler writes one with its search for a
         * resource during development.
         */
        void replacePage() throws IOException {
            String type = getContentType();
            int status = getStatus();
            if (status >= SC_BAD_REQUEST && type != null && type.startsWith("text/html") && !isCommitted()) {
                reset();
                errorMapper.error(status, sentence(status, null)).send(this);
            }
        }

        private String sentence(int status, String sentence) {
            return status == HttpServletResponse.SC_NOT_FOUND
                    ? Messages.JsonErrorFilter_notFound()
                    : sentence == null ? Messages.JsonErrorFilter_status(Integer.toString(status)) : sentence;
        }
    }
}
