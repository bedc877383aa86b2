package io.jenkins.plugins.octopod.kubernetes.client;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Parses a kubeconfig from credentials. It refuses a kubeconfig that would run commands on the controller or read its
 * files, because the permission to create credentials doesn’t include that.
 */
final class KubeconfigParser {

    private KubeconfigParser() {}

    /** @throws ClusterException if it can’t be read, or says more than what is in it */
    static Config read(String content) throws ClusterException {
        try {
            requireHarmless(Serialization.unmarshal(content, io.fabric8.kubernetes.api.model.Config.class));
            return Config.fromKubeconfig(content);
        } catch (RuntimeException e) {
            // What its parser says may have some of what is secret in it.
            throw new ClusterException(Messages.KubeconfigParser_unreadable());
        }
    }

    private static void requireHarmless(io.fabric8.kubernetes.api.model.Config config) throws ClusterException {
        if (config == null || config.getClusters() == null || config.getUsers() == null) {
            throw new ClusterException(Messages.KubeconfigParser_unreadable());
        }
        for (NamedAuthInfo user : config.getUsers()) {
            AuthInfo login = user.getUser();
            if (login == null) {
                continue;
            }
            if (login.getExec() != null || login.getAuthProvider() != null) {
                throw new ClusterException(Messages.KubeconfigParser_runsCommands(user.getName()));
            }
            if (login.getTokenFile() != null || login.getClientCertificate() != null || login.getClientKey() != null) {
                throw new ClusterException(Messages.KubeconfigParser_readsFiles(user.getName()));
            }
        }
        for (NamedCluster named : config.getClusters()) {
            Cluster cluster = named.getCluster();
            if (cluster != null && cluster.getCertificateAuthority() != null) {
                throw new ClusterException(Messages.KubeconfigParser_readsFiles(named.getName()));
            }
        }
    }
}
