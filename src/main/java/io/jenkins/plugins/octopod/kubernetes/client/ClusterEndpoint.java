package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;

/**
 * Address of a cluster, and the credentials for it.
 *
 * @param server URL of the cluster’s API, or {@code null} for the one in the kubeconfig, or for the cluster that
 *     Jenkins runs in
 * @param caCertificate certificate, in PEM, of the authority for the server’s certificate, or {@code null} for the
 *     authority of the kubeconfig or of Jenkins’ pod, or else those that Java trusts
 * @param credentialsId id of the credentials, or {@code null} for none; without a server, {@code null} stands for the
 *     service account of Jenkins’ pod
 */
@ModuleInternal
public record ClusterEndpoint(
        @CheckForNull String server,
        @CheckForNull String caCertificate,
        @CheckForNull String credentialsId) {

    /** Returns whether the endpoint uses the service account of Jenkins’ pod. */
    public boolean isOfController() {
        return server == null && credentialsId == null;
    }

    /**
     * Checks that the endpoint may be used.
     *
     * @throws ClusterException if it uses the service account of Jenkins’ pod, and no administrator allows that
     */
    public void requireAllowed() throws ClusterException {
        if (isOfController()) {
            InClusterServiceAccount.requireAllowed();
        }
    }
}
