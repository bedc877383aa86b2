package io.jenkins.plugins.octopod.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which scripts there are, and what each is told, in the contract's order. */
class ControlScriptTest {

    private static final ProjectIdentity PROJECT = new ProjectIdentity("shop", "example.com", "staging");
    private static final StagingName NAME = new StagingName("orange-button");
    private static final Configuration APPLICATION = configuration("DEBUG", "true", "A", "1 2");
    private static final Configuration DEPLOYMENT = configuration("image.tag", "015f16e", "empty", "");

    private static final List<String> PROJECT_ARGUMENTS =
            List.of("--project-name", "shop", "--base-domain", "example.com", "--namespace", "staging");

    private static final List<String> DEPLOYMENT_ARGUMENTS =
            List.of("--deployment-config", "image.tag=015f16e", "--deployment-config", "empty=");

    @ParameterizedTest
    @CsvSource({
        "create, true, LIFECYCLE",
        "update, true, LIFECYCLE",
        "archive, true, LIFECYCLE",
        "unarchive, false, LIFECYCLE",
        "check, true, LIFECYCLE",
        "cleanup, true, LIFECYCLE",
        "archive_check, true, LIFECYCLE",
        "config_check, false, LIFECYCLE",
        "info, false, LIFECYCLE",
        "init, false, NONE",
        "notifications, false, STATUS_CHANGE",
        "deployment_config, false, PROJECT",
        "deployment_config_keys, false, PROJECT",
        "application_config, false, DEPLOYMENT",
        "application_config_keys, false, DEPLOYMENT",
        "tags, false, PROJECT",
    })
    void keepsToTheContract(String fileName, boolean required, ControlScript.Arguments arguments) {
        ControlScript script = Arrays.stream(ControlScript.values())
                .filter(candidate -> candidate.fileName().equals(fileName))
                .findFirst()
                .orElseThrow();
        assertEquals(required, script.isRequired());
        assertEquals(arguments, script.arguments());
        assertEquals(fileName, script.toString());
    }

    @Test
    void thereAreNoOthers() {
        assertEquals(16, ControlScript.values().length);
        assertEquals(
                Set.of("create", "update", "archive", "check", "cleanup", "archive_check"),
                Arrays.stream(ControlScript.values())
                        .filter(ControlScript::isRequired)
                        .map(ControlScript::fileName)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(ControlScript.class)
    void onlyUnarchiveFallsBack(ControlScript script) {
        if (script == ControlScript.UNARCHIVE) {
            assertEquals(ControlScript.CREATE, script.fallback());
        } else {
            assertNull(script.fallback());
        }
    }

    @Test
    void projectArguments() {
        assertEquals(PROJECT_ARGUMENTS, ScriptArguments.project(PROJECT));
    }

    @Test
    void deploymentArguments() {
        assertEquals(concat(PROJECT_ARGUMENTS, DEPLOYMENT_ARGUMENTS), ScriptArguments.deployment(PROJECT, DEPLOYMENT));
    }

    @Test
    void lifecycleArguments() {
        assertEquals(
                concat(
                        PROJECT_ARGUMENTS,
                        List.of("--name", "orange-button"),
                        List.of("--application-config", "DEBUG=true", "--application-config", "A=1 2"),
                        DEPLOYMENT_ARGUMENTS),
                ScriptArguments.lifecycle(PROJECT, NAME, APPLICATION, DEPLOYMENT));
    }

    @Test
    void lifecycleArgumentsWithoutConfiguration() {
        assertEquals(
                concat(PROJECT_ARGUMENTS, List.of("--name", "orange-button")),
                ScriptArguments.lifecycle(PROJECT, NAME, Configuration.EMPTY, Configuration.EMPTY));
    }

    @Test
    void statusChangeArguments() {
        assertEquals(
                concat(
                        PROJECT_ARGUMENTS,
                        List.of("--name", "orange-button"),
                        List.of("--old-status", "CreatePending", "--new-status", "Running")),
                ScriptArguments.statusChange(PROJECT, NAME, Status.CreatePending, Status.Running));
    }

    @Test
    void nothingIsQuotedOrSplit() {
        String value = "a=b \"c\" $(id) 'd'\n-e";
        Configuration application = Configuration.of(Map.of("K", value));
        assertEquals(
                List.of("--application-config", "K=" + value),
                ScriptArguments.lifecycle(PROJECT, NAME, application, Configuration.EMPTY)
                        .subList(8, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "0, OK, Running",
        "1, GENERIC_FAILURE, GenericFailure",
        "2, PARTIAL_AVAILABILITY, PartialAvailability",
        "3, TAG_MISMATCH, TagMismatch",
        "4, GENERIC_FAILURE, GenericFailure",
        "127, GENERIC_FAILURE, GenericFailure",
        "143, GENERIC_FAILURE, GenericFailure",
        "-1, GENERIC_FAILURE, GenericFailure",
    })
    void exitCodesOfCheck(int exitCode, CheckResult result, Status status) {
        assertEquals(result, CheckResult.ofExitCode(exitCode));
        assertEquals(status, result.status());
    }

    private static Configuration configuration(String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Configuration.of(values);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<String> concat(List<String>... lists) {
        return Arrays.stream(lists).flatMap(List::stream).toList();
    }
}
