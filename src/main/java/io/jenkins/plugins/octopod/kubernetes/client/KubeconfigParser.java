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

    /** Limit in characters, enough for hundreds of clusters with their certificates. */
    private static final int MAX_LENGTH = 1 << 20;

    /** Limit in characters for a quoted name. */
    private static final int MAX_QUOTED_LENGTH = 100;

    private KubeconfigParser() {}

    /**
     * Parses a kubeconfig.
     *
     * @throws ClusterException if it is invalid, or refers to commands or files outside of it
     */
    static Config read(String content) throws ClusterException {
        if (content.length() > MAX_LENGTH) {
            throw new ClusterException(Messages.KubeconfigParser_unreadable());
        }
        try {
            io.fabric8.kubernetes.api.model.Config config =
                    Serialization.unmarshal(content, io.fabric8.kubernetes.api.model.Config.class);
            requireHarmless(config);
            // Uses the checked object instead of the text, which the client could parse differently.
            return Config.fromKubeconfig(Serialization.asYaml(config));
        } catch (RuntimeException | StackOverflowError e) {
            // The parser’s message can contain parts of the secret file. The parser is recursive, so nested or cyclic
            // content can overflow the stack.
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

    /** Checks an address. The message doesn’t quote it, because an address in a secret file can contain a password. */
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
