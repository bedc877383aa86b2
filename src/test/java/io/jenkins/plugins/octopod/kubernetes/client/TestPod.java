package io.jenkins.plugins.octopod.kubernetes.client;

import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Has Jenkins run in a pod of a cluster, as far as it can tell: with the variables and the files that a pod has. */
public final class TestPod implements AutoCloseable {

    private TestPod() {}

    /** @param directory directory in which the files of the account are made */
    public static TestPod start(TestCluster cluster, Path directory) throws IOException {
        ControllerAccount.get().replace(account(cluster, directory));
        return new TestPod();
    }

    /** Returns the account that the cluster gives to its pods. */
    public static InClusterServiceAccount account(TestCluster cluster, Path directory) throws IOException {
        Path account = Files.createDirectories(directory.resolve("serviceaccount"));
        Files.writeString(account.resolve("ca.crt"), cluster.caCertificate());
        Files.writeString(account.resolve("token"), cluster.api.token + "\n");
        Map<String, String> environment = Map.of(
                "KUBERNETES_SERVICE_HOST",
                "localhost",
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(cluster.front.port()));
        return new InClusterServiceAccount(environment::get, account);
    }

    /** Whether projects may act as the controller. */
    public static void allow(boolean allowed) {
        SecuritySettings.get().setControllerAccountAllowed(allowed);
    }

    @Override
    public void close() {
        ControllerAccount.get().reset();
    }
}
