package io.jenkins.plugins.octopod.kubernetes.client;

import hudson.Util;
import hudson.util.FormValidation;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Tests a cluster before its settings are saved: whether it responds, whether it accepts the credentials, and which
 * permissions the account lacks in the namespace. Blocks its thread. No request is started after {@link #LIMIT}.
 */
@ModuleInternal
public final class ConnectionTester {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int TIMEOUT_MILLIS = 4_000;

    /** Permissions that the watch needs. */
    private static final List<RequiredPermission> NEEDED = List.of(
            new RequiredPermission("list", "apps", "deployments"),
            new RequiredPermission("watch", "apps", "deployments"),
            new RequiredPermission("list", "apps", "statefulsets"),
            new RequiredPermission("watch", "apps", "statefulsets"),
            new RequiredPermission("list", "batch", "jobs"),
            new RequiredPermission("watch", "batch", "jobs"),
            new RequiredPermission("list", "", "pods"),
            new RequiredPermission("watch", "", "pods"));

    /** Permissions for optional details. */
    private static final List<RequiredPermission> USEFUL = List.of(
            new RequiredPermission("list", "apps", "daemonsets"),
            new RequiredPermission("watch", "apps", "daemonsets"),
            new RequiredPermission("list", "", "events"),
            new RequiredPermission("watch", "", "events"),
            new RequiredPermission("get", "", "pods/log"),
            new RequiredPermission("list", "metrics.k8s.io", "pods"));

    /** A token that expires sooner causes a warning. */
    private static final Duration SOON = Duration.ofDays(30);

    private static final Pattern VERSION = Pattern.compile("v?[0-9][0-9A-Za-z.+-]{0,60}");

    private record RequiredPermission(String verb, String group, String resource) {
        @Override
        public String toString() {
            return verb + ' ' + resource + (group.isEmpty() ? "" : '.' + group);
        }
    }

    private ConnectionTester() {}

    /**
     * Tests the cluster.
     *
     * @param endpoint cluster with the form’s values
     * @param namespace namespace in which the account needs its permissions
     */
    public static FormValidation of(OctopodProject project, ClusterEndpoint endpoint, String namespace) {
        try {
            ClusterClientConfig clientConfig = new ClusterClientConfig(ClusterCredentials.find(project, endpoint));
            ConfigBuilder withTimeouts = new ConfigBuilder(clientConfig.config(endpoint))
                    .withConnectionTimeout(TIMEOUT_MILLIS)
                    .withRequestTimeout(TIMEOUT_MILLIS)
                    .withRequestRetryBackoffLimit(0);
            try (KubernetesClient client = ClusterClients.create(withTimeouts.build())) {
                return of(client, namespace);
            }
        } catch (ClusterException e) {
            return FormValidation.error(e.getMessage());
        } catch (RuntimeException e) {
            // For example, credentials from outside Jenkins are unavailable.
            return FormValidation.error(Messages.ClusterReconciler_unreadable(ClusterClients.rootMessage(e)));
        }
    }

    private static FormValidation of(KubernetesClient client, String namespace) {
        long start = System.nanoTime();
        try {
            String version = version(client);
            List<String> missing = new ArrayList<>();
            List<String> unpleasant = new ArrayList<>();
            for (RequiredPermission requiredPermission : NEEDED) {
                add(client, namespace, requiredPermission, missing, start);
            }
            for (RequiredPermission requiredPermission : USEFUL) {
                add(client, namespace, requiredPermission, unpleasant, start);
            }
            if (!missing.isEmpty()) {
                missing.addAll(unpleasant);
                return FormValidation.error(
                        Messages.ConnectionTester_missing(version, namespace, String.join(", ", missing)));
            }
            String ends = tokenEnds(client);
            if (!unpleasant.isEmpty()) {
                String limited = Messages.ConnectionTester_limited(version, namespace, String.join(", ", unpleasant));
                return FormValidation.warning(limited + ends);
            }
            String ok = Messages.ConnectionTester_ok(version, namespace) + ends;
            return ends.isEmpty() ? FormValidation.ok(ok) : FormValidation.warning(ok);
        } catch (RuntimeException e) {
            return FormValidation.error(ClusterFailure.sentence(e, client.getConfiguration()));
        }
    }

    /** Returns a sentence about the token’s expiry with a space before it; empty if the token doesn’t expire soon. */
    private static String tokenEnds(KubernetesClient client) {
        Instant end = ClusterFailure.tokenEnd(client.getConfiguration());
        return end == null || end.isAfter(StagingClock.now().plus(SOON))
                ? ""
                : ' ' + Messages.ConnectionTester_tokenEnds(ClusterFailure.shown(end));
    }

    /**
     * Returns the server’s version. Anything that doesn’t look like a version isn’t shown, because the server can be a
     * different kind of server.
     */
    private static String version(KubernetesClient client) {
        String said = Util.fixNull(client.getKubernetesVersion().getGitVersion());
        return VERSION.matcher(said).matches() ? said : "?";
    }

    private static void add(
            KubernetesClient client,
            String namespace,
            RequiredPermission requiredPermission,
            List<String> missing,
            long start) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
            throw new KubernetesClientException("Too slow", new TimeoutException());
        }
        int slash = requiredPermission.resource().indexOf('/');
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(requiredPermission.verb())
                .withGroup(requiredPermission.group())
                .withResource(
                        slash < 0
                                ? requiredPermission.resource()
                                : requiredPermission.resource().substring(0, slash))
                .withSubresource(
                        slash < 0 ? null : requiredPermission.resource().substring(slash + 1))
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview result =
                client.authorization().v1().selfSubjectAccessReview().create(review);
        if (result.getStatus() == null
                || !Boolean.TRUE.equals(result.getStatus().getAllowed())) {
            missing.add(requiredPermission.toString());
        }
    }
}
