package io.jenkins.plugins.octopod.kubernetes.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Creates clients of clusters. */
@ModuleInternal
public final class ClusterClients {

    private static final Logger LOGGER = Logger.getLogger(ClusterClients.class.getName());

    private ClusterClients() {}

    /**
     * Creates a client, without sending anything to the cluster.
     *
     * @throws ClusterException if no client can be created, for example because a certificate is invalid
     */
    public static KubernetesClient create(Config config) throws ClusterException {
        ClientLog.limit();
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new BoundedHttpClientFactory())
                    .withKubernetesSerialization(new BoundedHttpClientFactory.Serialization())
                    .build();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "No client for " + config.getMasterUrl());
            throw new ClusterException(Messages.ClusterClients_noClient(rootMessage(e)), e);
        }
    }

    /**
     * Returns the message of the root cause, because the outer exceptions say only that something failed. Not for
     * errors from a server, because the message can contain parts of its response: see {@link ClusterFailure}.
     */
    public static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
