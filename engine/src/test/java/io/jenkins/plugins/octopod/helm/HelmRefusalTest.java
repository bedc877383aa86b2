package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code config_check} says that the cluster would refuse. The mock answers as a real one did. */
class HelmRefusalTest extends AbstractHelmTest {

    /** A busy machine makes no question fail. */
    private static final String LONG = "dry-run-seconds 90";

    private static final String WEB = "deployments/orange-web";
    private static final String QUOTA =
            "deployments.apps \"orange-web\" is forbidden: exceeded quota: small, requested: "
                    + "count/deployments.apps=1, used: count/deployments.apps=2, limited: count/deployments.apps=2";

    @ParameterizedTest
    @MethodSource("helms")
    void aNewObjectIsRefusedInTheWordsOfTheClusterAndNothingIsMade(Path helm) throws Exception {
        use(helm, LONG);
        refuse(403, "Forbidden", QUOTA);
        assertRefused("The cluster would refuse Deployment/orange-web: " + QUOTA);
        assertEquals(List.of(), cluster.names("apps/v1", "deployments"));
        assertEquals(List.of(), cluster.names("batch/v1", "jobs"));
        assertEquals(List.of(), cluster.names("v1", "secrets"));

        scripts.settings(shop("dry-run no"));
        assertRuns(ControlScript.CONFIG_CHECK, "orange", Map.of());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aFieldThatCanNotBeChangedIsTold(Path helm) throws Exception {
        use(helm, LONG);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        String refusal =
                "StatefulSet.apps \"orange-database\" is invalid: spec: Forbidden: updates to statefulset spec for "
                        + "fields other than 'replicas' are forbidden";
        cluster.refuseToChange("statefulsets/orange-database", 422, "Invalid", refusal);
        assertRefused("The cluster would refuse StatefulSet/orange-database: " + refusal);
    }

    /** What the cluster would merge with what Helm 3 has made isn't what Helm 3 patches: an old port stays in it, say. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatOnlyAMergeByTheClusterWouldHaveIsNoRefusalForHelm3(Path helm) throws Exception {
        use(helm, LONG);
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        String refusal = "Deployment.apps \"orange-web\" is invalid: spec.template.spec.containers[0].ports[1].name: "
                + "Duplicate value: \"http\"";
        cluster.refuseToChange(WEB, 422, "Invalid", refusal);
        if (version(helm).startsWith("v3.")) {
            assertRuns(ControlScript.CONFIG_CHECK, "orange", Map.of());
        } else {
            assertRefused("The cluster would refuse Deployment/orange-web: " + refusal);
        }
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatADeploymentMayNotMeetIsNoRefusal(Path helm) throws Exception {
        use(helm, LONG);
        for (String passed : List.of(
                "400 BadRequest admission webhook \"w.example.com\" does not support dry run",
                "500 InternalError Internal error occurred: failed calling webhook \"w.example.com\": EOF",
                "403 Forbidden pods \"x\" is forbidden: error looking up service account: serviceaccount \"x\" not found",
                "404 NotFound roles.rbac.authorization.k8s.io \"orange\" not found",
                "429 TooManyRequests the server has received too many requests",
                "409 Conflict Operation cannot be fulfilled on deployments.apps")) {
            String[] words = passed.split(" ", 3);
            refuse(Integer.parseInt(words[0]), words[1], words[2]);
            ScriptResult result = run(ControlScript.CONFIG_CHECK, "orange", Map.of());
            assertTrue(result.isSuccess(), () -> passed + ": " + result.stdout() + result.stderr());
        }
        String denial = "admission webhook \"w.example.com\" denied the request: no owner\n\nset the label owner";
        refuse(400, "", denial);
        assertRefused("The cluster would refuse Deployment/orange-web: " + denial.replaceAll("\n+", " "));
    }

    /** And kubectl is ended then. */
    @ParameterizedTest
    @MethodSource("helms")
    void aClusterThatDoesNotAnswerADryRunRefusesNothing(Path helm) throws Exception {
        use(helm, "dry-run-seconds 20");
        wrapKubectl("*--dry-run=server*) echo asked >'" + directory.resolve("asked") + "'; exec sleep 600 ;;");
        assertRuns(ControlScript.CONFIG_CHECK, "orange", Map.of());
        assertTrue(directory.resolve("asked").toFile().exists());
    }

    private String version(Path helm) throws Exception {
        return scripts.run(List.of(helm.toString(), "version", "--template", "{{.Version}}"))
                .stdout();
    }

    private void refuse(int code, String reason, String message) {
        cluster.refuseToCreate(WEB, code, reason, message);
        cluster.refuseToChange(WEB, code, reason, message);
    }

    private void assertRefused(String sentence) throws Exception {
        ScriptResult result = run(ControlScript.CONFIG_CHECK, "orange", Map.of());
        assertEquals(1, result.exitCode(), () -> result.stdout() + result.stderr());
        assertEquals(sentence, result.stdout().trim());
    }
}
