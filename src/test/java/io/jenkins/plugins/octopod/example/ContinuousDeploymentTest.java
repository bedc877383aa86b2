package io.jenkins.plugins.octopod.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.DocumentedPage;
import io.jenkins.plugins.octopod.fixtures.PlayedForge;
import io.jenkins.plugins.octopod.fixtures.PlayedForge.Told;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The shell lines of docs/continuous-deployment.md, as they stand there, in shells of their own. */
@WithSharedJenkins
class ContinuousDeploymentTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");
    private static final Pattern VARIABLE = Pattern.compile("\\$(CI_\\w+)");
    private static final String REVISION = "015f16e015f16e015f16e015f16e015f16e015f1";

    @TempDir
    private Path directory;

    private DocumentedPage page;
    private TestProject demo;
    private PlayedForge forge;
    private Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    /** How a shell has ended. */
    private record Ended(int exitCode, String stdout, String stderr) {}

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        assumeTrue(isThere("curl") && isThere("jq"), "there are no curl and jq");
        page = new DocumentedPage("continuous-deployment.md");
        demo = TestProject.demo(jenkins, directory.resolve("demo"));
        forge = new PlayedForge();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.BUILD)
                .everywhere()
                .to("ci"));
        environment.put("JENKINS_URL", jenkins.getURL().toString());
        environment.put("JENKINS_USER", "ci");
        environment.put("JENKINS_TOKEN", jenkins.createApiToken(User.getOrCreateByIdOrFullName("ci")));
        environment.put("no_proxy", "*");
        checkout = Files.createDirectories(directory.resolve("checkout/ci")).getParent();
        Files.writeString(checkout.resolve("ci/staging.sh"), block("sh", "#!/bin/sh\n# ci/staging.sh"));
        Files.writeString(checkout.resolve("build-and-push-image.sh"), "#!/bin/sh\necho \"pushed $1\" >&2\n");
        assertTrue(checkout.resolve("build-and-push-image.sh").toFile().setExecutable(true));
    }

    @AfterEach
    void stop() {
        if (forge != null) {
            forge.close();
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    /** As it stands on the page, but for where things are. */
    private String block(String language, String part) {
        return here(page.block(language, part));
    }

    private String here(String text) {
        return text.replace("https://jenkins.example.com/", demo.jenkins.jenkins.getRootUrl())
                .replace("cactus", "demo");
    }

    @Test
    void theScript() throws Exception {
        Ended created = shell("sh", block("sh", "export OCTOPOD_URL"));
        assertEquals(0, created.exitCode(), created.toString());
        assertShows("015f16e", created);
        environment.put("OCTOPOD_URL", demo.jenkins.jenkins.getRootUrl() + "job/demo/octopod");
        assertShows("v2", shell("sh", "sh ci/staging.sh deploy pr-7 v2"));
        assertEquals(0, shell("sh", "sh ci/staging.sh archive pr-7").exitCode());
        settled("pr-7", Status.Archived);
        Ended twice = shell("sh", "sh ci/staging.sh archive pr-7; sh ci/staging.sh archive pr-8");
        assertEquals(new Ended(0, "", ""), twice);
        assertShows("v3", shell("sh", "sh ci/staging.sh deploy pr-7 v3"));

        Ended refused = shell("sh", "sh ci/staging.sh deploy pr-7 'no tag'");
        assertNotEquals(0, refused.exitCode());
        assertTrue(refused.stderr().contains("can't be an image tag"), refused.toString());
        Ended badName = shell("sh", "sh ci/staging.sh deploy PR-7 v1");
        assertNotEquals(0, badName.exitCode());
        assertTrue(badName.stderr().contains("lower-case"), badName.toString());
        environment.put("JENKINS_TOKEN", "wrong");
        Ended unknown = shell("sh", "sh ci/staging.sh deploy pr-7 v4");
        assertNotEquals(0, unknown.exitCode());
        assertEquals("", unknown.stdout());
    }

    @Test
    void jenkinsOwnCommandLine() throws Exception {
        Files.writeString(checkout.resolve("ci/deploy.sh"), block("sh", "# ci/deploy.sh"));
        for (String tag : List.of("v1", "v2")) {
            Ended deployed = shell("sh", "sh ci/deploy.sh pr-7 " + tag);
            assertTrue(deployed.stdout().contains("Finished: SUCCESS\n"), deployed.toString());
            assertShows(tag, deployed);
        }
        assertEquals(
                0,
                shell(
                                "sh",
                                "java -jar jenkins-cli.jar -s \"$JENKINS_URL\" -auth \"$JENKINS_USER:$JENKINS_TOKEN\" "
                                        + "octopod-archive -n pr-7 --wait")
                        .exitCode());
        assertShows("v3", shell("sh", "sh ci/deploy.sh pr-7 v3"));
        Ended failed = shell("sh", "sh ci/deploy.sh fails 'no tag'");
        assertEquals(3, failed.exitCode(), failed.toString());
    }

    @Test
    void gitHubActions() throws Exception {
        environment.put("GITHUB_API_URL", forge.url());
        environment.put("GITHUB_REPOSITORY", "demo/shop");
        Ended opened = shell("bash", step("Deploy", "opened"));
        assertEquals(0, opened.exitCode(), opened.toString());
        List<Told> told = forge.told();
        assertEquals(2, told.size(), told.toString());
        assertEquals("/repos/demo/shop/statuses/" + REVISION, told.get(0).path());
        assertEquals("Bearer of-github", told.get(0).token());
        assertEquals("success", told.get(0).json().path("state").asText());
        String link = demo.staging("pr-7").getLinks().get(0).url();
        assertEquals(link, told.get(0).json().path("target_url").asText());
        assertEquals("/repos/demo/shop/issues/7/comments", told.get(1).path());
        assertEquals("To be tried at " + link, told.get(1).json().path("body").asText());

        Ended pushed = shell("bash", step("Deploy", "synchronize"));
        assertEquals(0, pushed.exitCode(), pushed.toString());
        assertEquals(1, forge.told().size(), "the comment is written once");
        Ended closed = shell("bash", step("Put away", "closed"));
        assertEquals(0, closed.exitCode(), closed.toString());
        settled("pr-7", Status.Archived);
    }

    /** GitHub gives workflows of such pull requests no secrets, so every request would be refused. */
    @Test
    void dependabotAndForksAreSkipped() {
        Map<?, ?> job = (Map<?, ?>) map(yaml("actions/checkout"), "jobs").get("staging");
        List<String> conditions = List.of(job.get("if").toString().split(" && "));
        assertEquals(
                List.of(
                        "github.event.pull_request.head.repo.full_name == github.repository",
                        // Not github.actor, who for a closed pull request is the user who has closed it.
                        "github.event.pull_request.user.login != 'dependabot[bot]'"),
                conditions);
    }

    /** A manual job within rules blocks the pipeline otherwise. */
    @Test
    void gitLabsManualJobsDontBlockTheMergeRequest() {
        int manual = 0;
        for (Object job : yaml("staging-away").values()) {
            for (Object rule : (List<?>) ((Map<?, ?>) job).get("rules")) {
                if ("manual".equals(((Map<?, ?>) rule).get("when"))) {
                    manual++;
                    assertEquals(true, ((Map<?, ?>) rule).get("allow_failure"), job.toString());
                }
            }
        }
        assertEquals(1, manual);
    }

    /** Its lines, and in the environment what GitHub would put there. */
    private String step(String name, String event) {
        Map<String, String> known = Map.of(
                "secrets.JENKINS_USER",
                environment.get("JENKINS_USER"),
                "secrets.JENKINS_TOKEN",
                environment.get("JENKINS_TOKEN"),
                "github.token",
                "of-github",
                "github.event.action",
                event,
                "github.event.number",
                "7",
                "github.event.pull_request.head.sha",
                REVISION);
        Map<?, ?> job = (Map<?, ?>) map(yaml("actions/checkout"), "jobs").get("staging");
        map(job, "env")
                .forEach((variable, value) ->
                        environment.put(variable.toString(), replaced(EXPRESSION, value.toString(), known)));
        return ((List<?>) job.get("steps"))
                .stream()
                        .map(step -> (Map<?, ?>) step)
                        .filter(step -> name.equals(step.get("name")))
                        .map(step -> step.get("run").toString())
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void gitLab() throws Exception {
        environment.put("FORGE_TOKEN", "of-gitlab");
        Ended deployed = shell("sh", job("staging"));
        assertEquals(0, deployed.exitCode(), deployed.toString());
        String link = demo.staging("mr-7").getLinks().get(0).url();
        assertEquals("PREVIEW=" + link + "\n", Files.readString(checkout.resolve("preview.env")));
        List<Told> told = forge.told();
        assertEquals(1, told.size(), told.toString());
        assertEquals("/projects/5/statuses/" + REVISION, told.get(0).path());
        assertEquals("of-gitlab", told.get(0).token());
        assertEquals("success", told.get(0).field("state"));
        assertEquals(link, told.get(0).field("target_url"));
        Ended away = shell("sh", job("staging-away"));
        assertEquals(0, away.exitCode(), away.toString());
        settled("mr-7", Status.Archived);
    }

    /** Its lines, and in the environment what GitLab would put there. */
    private String job(String name) {
        environment.putAll(Map.of(
                "CI_MERGE_REQUEST_IID",
                "7",
                "CI_COMMIT_SHA",
                REVISION,
                "CI_PROJECT_ID",
                "5",
                "CI_API_V4_URL",
                forge.url()));
        Map<?, ?> job = map(yaml("staging-away"), name);
        map(job, "variables")
                .forEach((variable, value) ->
                        environment.put(variable.toString(), replaced(VARIABLE, value.toString(), environment)));
        return String.join(
                "\n",
                ((List<?>) job.get("script")).stream().map(Object::toString).toList());
    }

    private static String replaced(Pattern reference, String text, Map<String, String> known) {
        return reference.matcher(text).replaceAll(found -> {
            String value = known.get(found.group(1));
            if (value == null) {
                throw new AssertionError("nobody says what this is: " + found.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private Map<?, ?> yaml(String part) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(block("yaml", part));
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return (Map<?, ?>) parent.get(key);
    }

    private void settled(String name, Status status) throws Exception {
        TestProject.await(
                name + " to be " + status,
                () -> !demo.staging(name).isBusy() && demo.staging(name).getStatus() == status ? true : null);
    }

    /** The last line is the link, and what is there runs that tag. */
    private static void assertShows(String tag, Ended deployed) throws Exception {
        assertEquals(0, deployed.exitCode(), deployed.toString());
        List<String> lines = deployed.stdout().lines().toList();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(lines.get(lines.size() - 1))).build();
        String shown = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        assertTrue(shown.contains(tag), shown);
    }

    /** As GitHub and GitLab run them, each line must succeed. */
    private Ended shell(String shell, String lines) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(shell, "-e", "-c", lines)
                .directory(checkout.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("goes on and on: " + lines);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(directory.resolve("out")),
                Files.readString(directory.resolve("err")));
    }
}
