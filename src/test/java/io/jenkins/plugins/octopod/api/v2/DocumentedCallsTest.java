package io.jenkins.plugins.octopod.api.v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The calls of docs/api.md, made as they stand there by a real curl. */
@WithSharedJenkins
class DocumentedCallsTest {

    private static final Path PAGE = Path.of("docs/api.md");

    @TempDir
    private Path directory;

    private Map<String, String> environment;

    @Test
    void doWhatThePageSays(JenkinsRule jenkins) throws Exception {
        assumeTrue(isCurlThere(), "no curl that can tell a header of an answer");
        TestProject demo = TestProject.demo(jenkins, directory.resolve("demo"));
        demo.project.renameTo("cactus");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("ci"));
        String token = jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci"));
        environment = Map.of(
                "STAGINGS_API",
                jenkins.getURL() + "stagings/api/v2",
                "JENKINS_USER",
                "ci",
                "JENKINS_TOKEN",
                token,
                "CI_JOB_ID",
                "4711");
        List<String> calls = calls();
        assertEquals(6, calls.size(), "asks twice, creates, redeploys, replaces, reads a log");

        assertTrue(run(calls.get(2)).contains("\"action\":\"create\""));
        settled(demo.project);
        assertTrue(run(calls.get(0)).contains("\"total\":1"));
        assertTrue(run(calls.get(1)).contains("\"configuration\":{\"deployment\":{\"defaults\""));
        String waited = run(calls.get(3));
        assertTrue(waited.contains("\"state\":\""), waited);
        settled(demo.project);
        assertTrue(run(calls.get(4)).contains("\"action\":\"update\""));
        settled(demo.project);
        String log = run(calls.get(5));
        assertTrue(log.contains("Updating orange-button"), log);
        assertTrue(log.toLowerCase().contains("octopod-log-complete: true"), log);
    }

    private static void settled(OctopodProject project) throws Exception {
        TestProject.await(
                "it to settle",
                () -> StagingService.find(project, "orange-button")
                                .orElseThrow()
                                .isBusy()
                        ? null
                        : "settled");
    }

    /** Of the section on this API, without the one that says where it is. */
    private static List<String> calls() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## The API of Jenkins' own\n"));
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(section.substring(0, section.indexOf("\n## ", 1)))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceFirst("```sh\n", "").replaceFirst("```$", ""))
                .filter(block -> !block.startsWith("export STAGINGS_API"))
                .toList();
    }

    private static boolean isCurlThere() throws InterruptedException {
        try {
            // Before 7.84 it knew no %header.
            Process curl = new ProcessBuilder(
                            "sh", "-c", "curl --version | grep -Eq '^curl (7\\.(8[4-9]|9)|[89]|1[0-9])'")
                    .start();
            return curl.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(String script) throws Exception {
        Path file = Files.writeString(directory.resolve("calls.sh"), script);
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", file.toString()).redirectErrorStream(true);
        shell.environment().putAll(environment);
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), script + '\n' + printed);
        return printed;
    }
}
