package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Service account that a cluster gives to each of its pods. It is for this cluster only, and is never sent to another
 * server.
 *
 * @param environment function that returns a variable of the process’s environment by name, or {@code null} if it isn’t
 *     set
 * @param directory directory of the account’s files
 */
@ModuleInternal
public record InClusterServiceAccount(UnaryOperator<String> environment, Path directory) {

    /** Of the pod that Jenkins runs in, if it does. */
    static InClusterServiceAccount own() {
        return new InClusterServiceAccount(System::getenv, usualDirectory());
    }

    @SuppressFBWarnings(
            value = "DMI_HARDCODED_ABSOLUTE_FILENAME",
            justification = "where Kubernetes puts it in every pod")
    private static Path usualDirectory() {
        return Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    }

    /**
     * The address of the cluster’s API.
     *
     * @throws ClusterException if this is no pod
     */
    String server() throws ClusterException {
        String host = Util.fixEmptyAndTrim(environment.apply("KUBERNETES_SERVICE_HOST"));
        String port = Util.fixNull(environment.apply("KUBERNETES_SERVICE_PORT"), "443");
        if (host == null) {
            throw new ClusterException(Messages.ClusterClientConfig_notInACluster());
        }
        return "https://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }

    String authorityFile() {
        return directory.resolve("ca.crt").toString();
    }

    /** Read anew, as the cluster gives it another one from time to time; empty where there is none. */
    String token() {
        try {
            return Files.readString(directory.resolve("token")).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
