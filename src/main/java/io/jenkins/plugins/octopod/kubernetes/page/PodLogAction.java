package io.jenkins.plugins.octopod.kubernetes.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.engine.cluster.PodSnapshot;
import io.jenkins.plugins.octopod.kubernetes.KubernetesClientPlugin;
import io.jenkins.plugins.octopod.kubernetes.status.ClusterReconciler;
import io.jenkins.plugins.octopod.kubernetes.watch.WatchedStaging;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Logs of a staging’s pods, as text for the staging’s page. It has no separate page. */
@Restricted(NoExternalUse.class)
public final class PodLogAction extends InvisibleAction {

    private static final int MIN_LINES = 10;
    private static final int MAX_LINES = 1000;
    private static final int DEFAULT_LINES = 200;

    private final Staging staging;
    private final PodLogCache logs;

    private PodLogAction(Staging staging, PodLogCache logs) {
        this.staging = staging;
        this.logs = logs;
    }

    /**
     * Returns the known end of a log: status 200 with the text, 202 while it is being fetched, 404 with a sentence if
     * it isn’t available. Waits for nothing.
     *
     * @param pod name of a pod of the staging
     * @param container name of a container of the pod
     * @param lines maximum number of lines; absent for the default
     * @param previous whether to return the log of the container’s previous run
     */
    @GET
    public HttpResponse doLog(
            @QueryParameter(required = true) String pod,
            @QueryParameter(required = true) String container,
            @CheckForNull @QueryParameter String lines,
            @QueryParameter boolean previous) {
        staging.checkPermission(StagingPermissions.LOG);
        ClusterReconciler clusterReconciler = ClusterReconciler.getOrNull();
        WatchedStaging watchedStaging = clusterReconciler == null ? null : clusterReconciler.watchedStaging(staging);
        // Only pods of the staging, although the account may be able to read others.
        boolean own = watchedStaging != null
                && watchedStaging.workloads().pods().stream().anyMatch(candidate -> isAsked(candidate, pod, container));
        if (!own) {
            return new PlainText(HttpServletResponse.SC_NOT_FOUND, Messages.PodLogCache_none());
        }
        boolean number = lines != null && lines.matches("[0-9]{1,6}");
        int wanted = number ? Math.min(Math.max(Integer.parseInt(lines), MIN_LINES), MAX_LINES) : DEFAULT_LINES;
        PodLogCache.CachedLog cachedLog =
                logs.ask(new PodLogCache.LogKey(watchedStaging, pod, container, wanted, previous));
        if (cachedLog.isLoading()) {
            return new PlainText(HttpServletResponse.SC_ACCEPTED, "");
        }
        return cachedLog.problem() == null
                ? new PlainText(HttpServletResponse.SC_OK, cachedLog.text())
                : new PlainText(HttpServletResponse.SC_NOT_FOUND, cachedLog.problem());
    }

    private static boolean isAsked(PodSnapshot candidate, String pod, String container) {
        return candidate.name().equals(pod)
                && candidate.containers().stream().anyMatch(its -> its.name().equals(container));
    }

    /** Response that browsers always treat as plain text. */
    private record PlainText(int status, String text) implements HttpResponse {
        @Override
        public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException {
            rsp.setStatus(status);
            rsp.setContentType("text/plain;charset=UTF-8");
            rsp.setHeader("Cache-Control", "private, no-store");
            rsp.setHeader("X-Content-Type-Options", "nosniff");
            if (status == HttpServletResponse.SC_ACCEPTED) {
                // For users who open the URL directly.
                rsp.setHeader("Refresh", "1");
            }
            rsp.getWriter().write(text);
        }
    }

    @Override
    public String getUrlName() {
        return "pods";
    }

    /** Adds the action to every staging. */
    @OptionalExtension(requirePlugins = KubernetesClientPlugin.CLIENT)
    public static class Factory extends SingleActionFactory<Staging> {

        public Factory() {
            this(new PodLogCache());
        }

        /** Creates the factory with the cache that the actions of all stagings share. */
        private Factory(PodLogCache logs) {
            super(Staging.class, PodLogAction.class, staging -> new PodLogAction(staging, logs));
        }
    }
}
