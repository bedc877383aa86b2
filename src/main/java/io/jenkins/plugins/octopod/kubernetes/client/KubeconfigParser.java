package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.octopod.engine.text.QuotedText;

/**
 * Parses a kubeconfig from credentials. It refuses a kubeconfig that would run commands on the controller or read its
 * files, because the permission to create credentials doesn’t include that.
 */
final class KubeconfigParser {

    /** In characters: hundreds of clusters with their certificates. */
    private static final int MAX_LENGTH = 1 << 20;

    /** In characters, of a name. */
    private static final int MAX_QUOTED_LENGTH = 100;

    private KubeconfigParser() {}

    /** @throws ClusterException if it can’t be read, or says more than what is in it */
    static Config read(String content) throws ClusterException {
        if (content.length() > MAX_LENGTH) {
            throw new ClusterException(Messages.KubeconfigParser_unreadable());
        }
        try {
            io.fabric8.kubernetes.api.model.Config config =
                    Serialization.unmarshal(content, io.fabric8.kubernetes.api.model.Config.class);
            requireHarmless(config);
            // What was checked, and not the text, of which the client could make something else.
            return Config.fromKubeconfig(Serialization.asYaml(config));
        } catch (RuntimeException | StackOverflowError e) {
            // What its parser says may have some of what is secret in it. It follows what is nested, or has itself in
            // it, by recursion.
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
                throw new ClusterException(Messages.KubeconfigParser_runsCommands(quoted(user.getName())));
            }
            if (login.getTokenFile() != null || login.getClientCertificate() != null || login.getClientKey() != null) {
                throw new ClusterException(Messages.KubeconfigParser_readsFiles(quoted(user.getName())));
            }
        }
        for (NamedCluster named : config.getClusters()) {
            Cluster cluster = named.getCluster();
            if (cluster != null && cluster.getCertificateAuthority() != null) {
                throw new ClusterException(Messages.KubeconfigParser_readsFiles(quoted(named.getName())));
            }
            if (cluster != null && cluster.getServer() != null) {
                cluster.setServer(server(cluster.getServer(), named.getName()));
            }
        }
    }

    /** Checks an address. The sentence does not quote it, because an address in a secret file can have a password in it. */
    private static String server(String address, @CheckForNull String cluster) throws ClusterException {
        try {
            return ServerAddress.require(address);
        } catch (ClusterException e) {
            throw new ClusterException(Messages.KubeconfigParser_server(quoted(cluster)));
        }
    }

    private static String quoted(@CheckForNull String name) {
        return QuotedText.of(Util.fixNull(name), MAX_QUOTED_LENGTH);
    }
}
