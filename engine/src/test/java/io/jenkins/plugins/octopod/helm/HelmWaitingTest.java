package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a deployment says while it waits, and what doesn't stand in the way of one. */
class HelmWaitingTest extends AbstractHelmTest {

    private static final String NO_IMAGE =
            """
            {"state": {"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image \\"shop:v9\\": not found"}}}
            """;
    static final String CRASHES =
            """
            {"restartCount": 4, "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}},
             "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}
            """;
    private static final String NO_SECRET =
            """
            {"state": {"waiting": {"reason": "CreateContainerConfigError", "message": "secret \\"shop\\" not found"}}}
            """;

    @ParameterizedTest
    @MethodSource("helms")
    void aMissingImageEndsADeploymentAndIsTheReason(Path helm) throws Exception {
        use(helm, "timeout 5m");
        Path looks = countLooks();
        cluster.controllers().breakPods(NO_IMAGE, List.of("orange-web"));
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of());
        String cause = "ImagePullBackOff, Back-off pulling image \"shop:v9\": not found";
        assertFalse(late.isSuccess(), late.stdout());
        assertEquals("orange can't become ready: pod orange-web-0: " + cause + ".", lastLine(late.stderr()));
        assertTrue(
                late.stdout().contains("Waiting: Deployment/orange-web: 0 of 2 ready; pod orange-web-0: " + cause),
                late.stdout());
        // Whatever the pod has of such containers: eight times two seconds.
        assertEquals(9, Files.readAllLines(looks).size());
    }

    /** Has each look that finds a pod without its image add a line to a file. */
    private Path countLooks() throws Exception {
        Path looks = directory.resolve("looks");
        Path kubectl = HelmTools.program(
                directory.resolve("kubectl"),
                """
                #!/bin/sh
                out=$('%2$s' "$@") || exit
                case $out in *'waiting ImagePullBackOff'*) echo >>'%1$s' ;; esac
                printf '%%s\n' "$out"
                """
                        .formatted(looks, HelmTools.kubectl()));
        scripts.variable("KUBECTL_BIN", kubectl.toString());
        return looks;
    }

    @ParameterizedTest
    @MethodSource("helms")
    void aCrashLoopEndsADeploymentAndIsTheReason(Path helm) throws Exception {
        use(helm, "timeout 5m");
        assertRuns(ControlScript.CREATE, "orange", Map.of());
        cluster.controllers().breakPods(CRASHES, List.of("orange-web"));
        ScriptResult late = run(ControlScript.UPDATE, "orange", Map.of("image.tag", "v9"));
        assertFalse(late.isSuccess(), late.stdout());
        assertEquals(
                "orange can't become ready: pod orange-web-0: CrashLoopBackOff, exit code 137 (OOMKilled), restarted 4 times.",
                lastLine(late.stderr()));
        // The staging is fit for what is wanted next.
        cluster.controllers().breakPods();
        ScriptResult next = run(ControlScript.UPDATE, "orange", Map.of("image.tag", "v10"));
        assertTrue(next.isSuccess(), next.stdout() + next.stderr());
    }

    /** A secret can still come; so it is told, and Helm waits as long as it should. */
    @ParameterizedTest
    @MethodSource("helms")
    void whatMayStillComeIsWaitedForAndTold(Path helm) throws Exception {
        use(helm, "timeout 6s");
        cluster.controllers().breakPods(NO_SECRET, List.of("orange-web"));
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of());
        String state =
                "Deployment/orange-web: 0 of 2 ready; pod orange-web-0: CreateContainerConfigError, secret \"shop\" not found";
        assertFalse(late.isSuccess(), late.stdout());
        assertTrue(late.stdout().contains("Waiting: " + state), late.stdout());
        assertEquals(
                "orange isn't ready: " + state + ". Helm says: context deadline exceeded", lastLine(late.stderr()));
        assertEquals(late.stdout().indexOf(state), late.stdout().lastIndexOf(state), late.stdout());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whoWantsItWaitsForCrashesToo(Path helm) throws Exception {
        use(helm, "timeout 6s", "give-up no");
        cluster.controllers().breakPods(CRASHES, List.of("orange-web"));
        ScriptResult late = run(ControlScript.CREATE, "orange", Map.of());
        assertTrue(lastLine(late.stderr()).endsWith(". Helm says: context deadline exceeded"), late.stderr());
        scripts.settings(shop("give-up perhaps"));
        ScriptResult refused = scripts.ask(
                ControlScript.APPLICATION_CONFIG,
                scripts.configuration(ControlScript.DEPLOYMENT_CONFIG, Configuration.EMPTY));
        assertTrue(refused.stderr().contains("\"give-up perhaps\""), refused.stdout() + refused.stderr());
    }

    @ParameterizedTest
    @MethodSource("helms")
    void whatHelmSaysOfAnythingElseIsTheReason(Path helm) throws Exception {
        use(helm, "timeout 20s");
        ScriptResult refused = run(ControlScript.CREATE, "orange", Map.of("replicas", "10"));
        assertFalse(refused.isSuccess(), refused.stdout());
        assertTrue(lastLine(refused.stderr()).contains("replicas"), refused.stderr());
        assertFalse(refused.stderr().contains("isn't ready"), refused.stderr());
    }

    @ParameterizedTest
    @CsvSource({"pending-install", "pending-upgrade", "pending-rollback", "uninstalling"})
    void aKilledHelmDoesntStandInTheWay(String status) throws Exception {
        // Only Helm's note says whose that is.
        Map<String, String> hook = Map.of("hook", "orange-hook", "hookLabels", "false");
        for (Path helm : helms()) {
            use(helm);
            assertRuns(ControlScript.CREATE, "orange", hook);
            cluster.patch(
                    "v1",
                    "secrets",
                    "sh.helm.release.v1.orange.v1",
                    "{\"metadata\":{\"labels\":{\"status\":\"%s\"}}}".formatted(status));
            ScriptResult next = run(
                    ControlScript.UPDATE,
                    "orange",
                    Map.of("replicas", "1", "hook", "orange-hook", "hookLabels", "false"));
            assertTrue(next.isSuccess(), () -> helm + next.stdout() + next.stderr());
            assertTrue(next.stdout().contains(" was interrupted: "), next.stdout());
            assertEquals(
                    1,
                    cluster.get("apps/v1", "deployments", "orange-web")
                            .at("/spec/replicas")
                            .asInt());
            assertRuns(ControlScript.CLEANUP, "orange", Map.of());
            assertEquals(List.of(), cluster.names("v1", "secrets"));
        }
    }

    /** A helm that fails as it does when the cluster goes away while it waits; the second time it is the real one. */
    @ParameterizedTest
    @MethodSource("helms")
    void aClusterThatWasAwayFailsNothing(Path helm) throws Exception {
        use(helm);
        wrapHelm(
                helm,
                """
                *--dry-run=server*) ;;
                'upgrade --install '*)
                    if [ ! -f '%1$s' ]; then
                        : >'%1$s'
                        echo 'Error: UPGRADE FAILED: Get "https://10.0.0.1:6443/x": dial tcp 10.0.0.1:6443: connect: connection refused' >&2
                        exit 1
                    fi
                    ;;
                """
                        .formatted(directory.resolve("lost")));
        ScriptResult created = run(ControlScript.CREATE, "orange", Map.of());
        assertTrue(created.isSuccess(), created.stdout() + created.stderr());
        assertTrue(created.stderr().contains("The cluster stopped answering: "), created.stderr());
        assertTrue(created.stdout().contains("The cluster answers again"), created.stdout());
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    }
}
