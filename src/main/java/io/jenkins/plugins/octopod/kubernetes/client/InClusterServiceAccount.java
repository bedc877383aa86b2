package io.jenkins.plugins.octopod.kubernetes.client;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Util;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Service account that a cluster gives to each of its pods. It is for this cluster only, and is never sent to another
 * server. Projects should not read everything that it can read, so it is used only while {@link SecuritySettings} allow
 * it.
 *
 * @param environment function that returns a variable of the process’s environment by name, or {@code null} if it isn’t
 *     set
 * @param directory directory of the account’s files
 */
@ModuleInternal
public record InClusterServiceAccount(UnaryOperator<String> environment, Path directory) {

    /** Returns the account of the pod that this process runs in, if it runs in a pod. */
    static InClusterServiceAccount ofThisProcess() {
        return new InClusterServiceAccount(System::getenv, usualDirectory());
    }

    @SuppressFBWarnings(
            value = "DMI_HARDCODED_ABSOLUTE_FILENAME",
            justification = "where Kubernetes puts it in every pod")
    private static Path usualDirectory() {
        return Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    }

    /**
     * Returns the address of the cluster’s API.
     *
     * @throws ClusterException if Jenkins doesn’t run in a pod, or no administrator allows projects to use the account
     */
    String server() throws ClusterException {
        requireAllowed();
        String host = Util.fixEmptyAndTrim(environment.apply("KUBERNETES_SERVICE_HOST"));
        String port = Util.fixNull(environment.apply("KUBERNETES_SERVICE_PORT"), "443");
        if (host == null) {
            throw ClusterException.unrestricted(Messages.ClusterClientConfig_notInACluster());
        }
        return "https://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }

    /**
     * Checks that projects may use the account.
     *
     * @throws ClusterException if no administrator allows it
     */
    static void requireAllowed() throws ClusterException {
        if (!SecuritySettings.get().isControllerAccountAllowed()) {
            throw ClusterException.unrestricted(Messages.InClusterServiceAccount_notAllowed());
        }
    }

    String authorityFile() {
        return directory.resolve("ca.crt").toString();
    }

    /**
     * Reads the token. It is read for each request, because the cluster replaces it from time to time and an
     * administrator can forbid its use at any time.
     *
     * @return empty if there is no token, or it must not be used
     */
    String token() {
        if (!SecuritySettings.get().isControllerAccountAllowed()) {
            return "";
        }
        try {
            return Files.readString(directory.resolve("token")).trim();
        } catch (IOException e) {
            return "";
        }
    }
}
