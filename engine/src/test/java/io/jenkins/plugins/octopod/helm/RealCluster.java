package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A namespace with a random suffix in the disposable cluster that {@value #VARIABLE} names, and an account with the role that
 * docs/helm.md has. Closing it deletes the namespace. bin/cluster looks for the same variable.
 */
final class RealCluster implements AutoCloseable {

    static final String VARIABLE = "OCTOPOD_TEST_KUBECONFIG";

    /** As the role of docs/helm.md is bound to it. */
    private static final String ACCOUNT = "jenkins-agent";

    /** What each namespace has, and what this adds. */
    private static final Set<String> AT_THE_START = Set.of(
            "configmap/kube-root-ca.crt",
            "role.rbac.authorization.k8s.io/octopod",
            "rolebinding.rbac.authorization.k8s.io/octopod",
            "serviceaccount/default",
            "serviceaccount/" + ACCOUNT);

    private static final String ROLE_HEADING = "## What the service account must be allowed";
    private static final Path DOCS = Path.of("../docs/helm.md");
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final String namespace;

    /**
     * Makes the namespace; writes the account's {@code kubeconfig} into the directory. Aborts the test if no cluster is named.
     *
     * @param directory the test's own
     */
    RealCluster(Path directory) throws Exception {
        String named = System.getenv(VARIABLE);
        if (named == null || named.isEmpty()) {
            abort(VARIABLE + " names no kubeconfig of a disposable cluster.");
        }
        this.directory = directory;
        environment.put("KUBECONFIG", named);
        environment.put("HOME", directory.toString());
        namespace =
                "octopod-test-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 1 << 30), 36);
        kubectl("create", "namespace", namespace);
        try {
            kubectl("create", "serviceaccount", ACCOUNT, "--namespace", namespace);
            apply(documentedRole());
            writeKubeconfig();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    String namespace() {
        return namespace;
    }

    /** Runs kubectl as the cluster's administrator and returns what it prints. */
    String kubectl(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(HelmTools.kubectl().toString()));
        words.addAll(List.of(arguments));
        ScriptResult result = new ScriptRunner(1_000_000).run(new ScriptCommand(words, directory, environment, LIMIT));
        if (!result.isSuccess()) {
            throw new IOException(words + ": " + result.stdout() + result.stderr());
        }
        return result.stdout();
    }

    /** Makes what the YAML says, as the administrator. */
    void apply(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("applied.yaml"), yaml);
        kubectl("apply", "--namespace", namespace, "--filename", file.toString());
    }

    /** One object of the namespace. */
    JsonNode get(String resource, String name) throws Exception {
        return JSON.readTree(kubectl("get", resource, name, "--namespace", namespace, "--output", "json"));
    }

    /** Such as {@code pod/web-1}, each; of all those kinds, separated by commas. */
    List<String> names(String resources) throws Exception {
        return kubectl("get", resources, "--namespace", namespace, "--output", "name")
                .lines()
                .sorted()
                .toList();
    }

    /** As {@link #names}: what there is of any kind that wasn't there when this was made. The cluster itself adds and removes events. */
    List<String> added() throws Exception {
        List<String> names = new ArrayList<>(names(String.join(",", kinds())));
        names.removeAll(AT_THE_START);
        return names;
    }

    /** All that a namespace can have. */
    private List<String> kinds() throws Exception {
        return kubectl("api-resources", "--verbs=list", "--namespaced", "--output", "name")
                .lines()
                .filter(kind -> !kind.startsWith("events") && !kind.endsWith(".metrics.k8s.io"))
                .toList();
    }

    /** The role as readers copy it, in this namespace. */
    private String documentedRole() throws IOException {
        String page = Files.readString(DOCS);
        int block = page.indexOf("```yaml\n", page.indexOf(ROLE_HEADING));
        String yaml = page.substring(page.indexOf('\n', block) + 1, page.indexOf("\n```", block));
        return yaml.replaceAll("(?m)^( *namespace: ).*$", "$1" + namespace);
    }

    private void writeKubeconfig() throws Exception {
        String token =
                kubectl("create", "token", ACCOUNT, "--namespace", namespace).trim();
        ObjectNode config = (ObjectNode)
                JSON.readTree(kubectl("config", "view", "--raw", "--minify", "--flatten", "--output", "json"));
        ObjectNode user = (ObjectNode) config.path("users").path(0);
        user.set("user", JSON.createObjectNode().put("token", token));
        Files.writeString(directory.resolve("kubeconfig"), JSON.writeValueAsString(config));
    }

    /** Waits until the namespace is gone. */
    @Override
    public void close() throws Exception {
        kubectl("delete", "namespace", namespace, "--ignore-not-found", "--timeout=150s");
    }
}
