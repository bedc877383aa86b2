package io.jenkins.plugins.octopod.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.plugins.octopod.api.v1.dto.CommandResponse;
import io.jenkins.plugins.octopod.api.v1.dto.ConfigurationEntry;
import io.jenkins.plugins.octopod.api.v1.dto.CurrentStatus;
import io.jenkins.plugins.octopod.api.v1.dto.Deployment;
import io.jenkins.plugins.octopod.api.v1.dto.DeploymentLog;
import io.jenkins.plugins.octopod.api.v1.dto.DeploymentStatus;
import io.jenkins.plugins.octopod.api.v1.dto.FullInfo;
import io.jenkins.plugins.octopod.api.v1.dto.Info;
import io.jenkins.plugins.octopod.api.v1.dto.Metadatum;
import io.jenkins.plugins.octopod.api.v1.dto.OverrideEntry;
import io.jenkins.plugins.octopod.api.v1.dto.OverrideValue;
import io.jenkins.plugins.octopod.api.v1.dto.RecordedStatus;
import io.jenkins.plugins.octopod.api.v1.dto.TimeSpan;
import io.jenkins.plugins.octopod.api.v1.dto.Update;
import io.jenkins.plugins.octopod.engine.CheckResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each form is written as its file has it, byte by byte, and read from it. */
class V1JsonTest {

    private static final List<OverrideEntry> APP = List.of(
            new OverrideEntry("EMAIL_TOKEN", new OverrideValue("ValueAdded", "123")),
            new OverrideEntry("DEBUG", new OverrideValue("ValueDeleted", null)));
    private static final List<OverrideEntry> TAG =
            List.of(new OverrideEntry("image.tag", new OverrideValue("ValueAdded", "015f16e")));
    private static final List<Metadatum> LINKS =
            List.of(new Metadatum("app", "https://orange-button.cactus.example.com"));
    private static final String DAY = "2021-08-25T10:00:00Z";

    @Test
    void whatIsSent() throws Exception {
        Deployment deployment = new Deployment("orange-button", APP, TAG);
        assertGolden("deployment", deployment, new TypeReference<Deployment>() {});
        assertEquals(
                "EMAIL_TOKEN=123\n-DEBUG", deployment.overrides().application().toString());
        assertEquals("image.tag=015f16e", deployment.overrides().deployment().toString());
        assertEquals(
                deployment, RequestBodies.DEPLOYMENT.parse(golden("deployment").getBytes(StandardCharsets.UTF_8)));
        assertGolden("update", new Update(APP, TAG), new TypeReference<Update>() {});
        assertEquals(
                new Update(APP, TAG),
                RequestBodies.UPDATE.parse(golden("update").getBytes(StandardCharsets.UTF_8)));
        List<ConfigurationEntry> configuration =
                List.of(new ConfigurationEntry("image.tag", "latest"), new ConfigurationEntry("EMPTY", ""));
        assertGolden("configuration", configuration, new TypeReference<List<ConfigurationEntry>>() {});
        assertEquals(
                configuration,
                RequestBodies.CONFIGURATION.parse(golden("configuration").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void stagings() throws Exception {
        TypeReference<FullInfo> fullInfo = new TypeReference<>() {};
        assertGolden(
                "full_info",
                new FullInfo(
                        new Deployment("orange-button", List.of(), TAG),
                        new DeploymentStatus("DeploymentNotPending", new RecordedStatus("Running", null)),
                        LINKS,
                        DAY,
                        "2021-08-25T10:04:05.123Z"),
                fullInfo);
        Deployment plain = new Deployment("orange-button", List.of(), List.of());
        assertGolden(
                "full_info_pending",
                new FullInfo(
                        plain,
                        new DeploymentStatus("DeploymentPending", new RecordedStatus("UpdatePending", null)),
                        List.of(),
                        DAY,
                        DAY),
                fullInfo);
        assertGolden(
                "full_info_failure",
                new FullInfo(
                        plain,
                        new DeploymentStatus("DeploymentNotPending", new RecordedStatus("Failure", "TagMismatch")),
                        List.of(),
                        DAY,
                        DAY),
                fullInfo);
        List<OverrideEntry> debug = APP.subList(1, 2);
        assertGolden(
                "info",
                List.of(new Info(
                        new Deployment("orange-button", debug, List.of()),
                        LINKS,
                        List.of(new DeploymentLog(
                                8,
                                "UpdateAction",
                                debug,
                                List.of(),
                                0,
                                new TimeSpan(0, new BigDecimal("1.234")),
                                "2020-11-02T19:01:02Z")))),
                new TypeReference<List<Info>>() {});
    }

    @Test
    void answers() throws Exception {
        TypeReference<CommandResponse> response = new TypeReference<>() {};
        assertGolden("success", CommandResponse.SUCCESS, response);
        assertGolden(
                "validation_error",
                CommandResponse.validationError("The name “x” is too short: it needs at least 2 characters."),
                response);
        assertGolden(
                "app_error",
                CommandResponse.appError("There is no staging “orange-button” in project “demo”."),
                response);
        TypeReference<CurrentStatus> status = new TypeReference<>() {};
        assertGolden("status_ok", CurrentStatus.of(CheckResult.OK), status);
        for (CheckResult no : CheckResult.values()) {
            if (no != CheckResult.OK) {
                assertGolden("status_error", CurrentStatus.of(no), status);
            }
        }
        assertGolden("keys", List.of("image.tag", "replicas"), new TypeReference<List<String>>() {});
        assertGolden("project_name", "Cactus store", new TypeReference<String>() {});
    }

    /** This one is written as it is read from the log, so there is no record of it. */
    @Test
    void log() throws Exception {
        String golden = golden("action_info");
        var tree = V1Json.MAPPER.readTree(golden);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LogEndpoint.write(
                bytes(tree.path("stdout").path("un_stdout").asText()),
                bytes(tree.path("stderr").path("un_stderr").asText()),
                written);
        assertEquals(golden, written.toString(StandardCharsets.UTF_8));
        written.reset();
        LogEndpoint.write(bytes(""), bytes(""), written);
        assertEquals(
                "{\"stdout\":{\"un_stdout\":\"\"},\"stderr\":{\"un_stderr\":\"\"}}",
                written.toString(StandardCharsets.UTF_8));
    }

    /** Characters of four bytes, wherever a piece of the text ends. */
    @Test
    void wholeCharacters() throws Exception {
        for (int before = 0; before < 12; before++) {
            String text = "x".repeat(before) + "🍊".repeat(20_000) + "end";
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            LogEndpoint.write(bytes(text), bytes("🍊"), written);
            var read = V1Json.MAPPER.readTree(written.toByteArray());
            assertEquals(text, read.path("stdout").path("un_stdout").asText());
            assertEquals("🍊", read.path("stderr").path("un_stderr").asText());
        }
    }

    private static <T> void assertGolden(String file, T form, TypeReference<T> type) throws IOException {
        String golden = golden(file);
        assertEquals(golden, new String(V1Json.MAPPER.writeValueAsBytes(form), StandardCharsets.UTF_8));
        assertEquals(form, V1Json.MAPPER.readValue(golden, type));
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = V1JsonTest.class.getResourceAsStream(file + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
