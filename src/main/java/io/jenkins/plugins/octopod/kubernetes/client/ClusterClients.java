package io.jenkins.plugins.octopod.kubernetes.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes clients of clusters. */
@ModuleInternal
public final class ClusterClients {

    private static final Logger LOGGER = Logger.getLogger(ClusterClients.class.getName());

    private ClusterClients() {}

    /**
     * Makes a client; sends nothing to the cluster.
     *
     * @throws ClusterException if no client can be made, for example because a certificate is not valid
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
     * Returns the message of the last cause, because the exceptions around it only say that something failed. Not for what a server has
     * sent, of which it may have a part: see {@link ClusterFailure}.
     */
    public static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
