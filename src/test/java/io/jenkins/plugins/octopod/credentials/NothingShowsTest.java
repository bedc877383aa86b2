package io.jenkins.plugins.octopod.credentials;

import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.crashing;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.deployment;
import static io.jenkins.plugins.octopod.fixtures.ClusterObjects.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.model.User;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.fixtures.ClusterProject;
import io.jenkins.plugins.octopod.fixtures.JenkinsCli;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SecretSearch;
import io.jenkins.plugins.octopod.fixtures.SetClock;
import io.jenkins.plugins.octopod.fixtures.TestCluster;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.queue.ActionIdCodec;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ApiTokenProperty;
import org.htmlunit.Page;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/**
 * Scripts say all that they are given, wherever they can say something; then everything that Jenkins and its agent keep, show
 * and answer is looked through for it.
 */
@WithSharedJenkins
class NothingShowsTest {

    /** Of this run only: the logs of an earlier run, which are still in the temporary directory, have what it planted. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private static final String TOKEN = "t0ken-Shibboleth/77" + RUN;
    private static final String NAMED = "named&Sesame 88" + RUN;
    private static final String CLUSTER = "c1uster-Mellon_66" + RUN;
    private static final String CONTENT = "c0ntent-Abracadabra-99" + RUN;

    private static final String POD_LOG = "job/demo/job/a1/pods/log?pod=web-1&container=app";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject demo;

    private static final SecretSearch SEARCH = SecretSearch.of(TOKEN, NAMED, CONTENT, CLUSTER);

    @Test
    void nowhere(JenkinsRule rule) throws Exception {
        jenkins = rule;
        LogRecorder system = new LogRecorder()
                .record(Logger.getLogger(""), Level.INFO)
                .record("io.jenkins.plugins.octopod", Level.FINE);
        system.capture(100_000);
        Path agentHome = directory.resolve("agent");
        ScriptDirectory scripts = chatty(directory.resolve("scripts"));
        demo = TestProject.withScripts(jenkins, scripts.path());
        SetClock clock = new SetClock();
        CheckScheduler.get().useManualClock(clock);
        CheckScheduler.get().tick();
        DumbSlave agent = new DumbSlave("agent", agentHome.toString(), jenkins.createComputerLauncher(null));
        agent.setLabelString(TestProject.LABEL);
        agent.setNumExecutors(2);
        TestProject.addAgent(jenkins, agent);
        TestCredentials.in(demo.project)
                .text("token", TOKEN)
                .text("named", NAMED)
                .file("file", "file", CONTENT);
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
        demo.project.getPipelineAccess().setCredentials("named");
        List<String> answers = new ArrayList<>();

        String refused = assertThrows(
                        RefusalException.class,
                        () -> demo.submit(Kind.CREATE, "a1", "REFUSE=yes", "PASSWORD=credentials:named"))
                .getMessage();
        assertTrue(refused.contains("****"), refused);
        answers.add(refused);
        StagingRun created = demo.finished(demo.submit(Kind.CREATE, "a1", "PASSWORD=credentials:named"));
        jenkins.assertBuildStatus(Result.SUCCESS, created);
        Files.createFile(scripts.file("fail"));
        StagingRun failed = demo.finished(demo.submit(Kind.UPDATE, "a1", "PASSWORD=credentials:named"));
        jenkins.assertBuildStatus(Result.FAILURE, failed);
        assertTrue(failed.getReason().contains("****"), failed.getReason());
        clock.catchUp();
        clock.goOn(Duration.ofDays(2));
        TestProject.await("the sweep", () -> {
            CheckScheduler.get().tick();
            return demo.staging("a1").lastChecked().equals(clock.instant()) ? true : null;
        });
        assertTrue(
                demo.staging("a1").observedState().reason().contains("****"),
                demo.staging("a1").observedState().reason());
        Files.delete(scripts.file("fail"));
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "pipeline");
        pipeline.setDefinition(new CpsFlowDefinition(
                "octopodDeploy project: 'demo', name: 'a1', appOverrides: [PASSWORD: 'credentials:named', TEXT: 'x']",
                true));
        var deployed = jenkins.buildAndAssertSuccess(pipeline);
        jenkins.assertLogContains("token ****", deployed);
        TestProject.await("a notification", () -> Files.exists(scripts.file("notified")) ? true : null);

        answers.addAll(cli());
        try (TestCluster cluster = TestCluster.start(Files.createDirectory(directory.resolve("cluster")))) {
            lookThrough(cluster, agentHome, failed, answers, system);
        }
    }

    private void lookThrough(
            TestCluster cluster, Path agentHome, StagingRun failed, List<String> answers, LogRecorder system)
            throws Exception {
        answers.add(connect(cluster));
        Map<String, List<?>> found = new LinkedHashMap<>();
        for (Path root : List.of(
                jenkins.jenkins.getRootDir().toPath(), agentHome, Path.of(System.getProperty("java.io.tmpdir")))) {
            found.put(root.toString(), SEARCH.files(root));
        }
        found.put("pages", pages(failed));
        found.put("answers", answers.stream().filter(SEARCH::finds).toList());
        found.put(
                "the system log",
                system.getMessages().stream().filter(SEARCH::finds).toList());
        found.forEach((where, places) -> assertEquals(List.of(), places, where));
        assertTrue(
                system.getMessages().stream().anyMatch(message -> message.contains("token ****")), "the script failed");

        // Else nothing would ever be found.
        Path planted = jenkins.jenkins.getRootDir().toPath().resolve("planted");
        Files.writeString(planted, "x" + SecretSearch.inBase64(TOKEN) + "y");
        assertEquals(List.of(planted), SEARCH.files(jenkins.jenkins.getRootDir().toPath()));
        Files.writeString(failed.getLogFile().toPath(), TOKEN, StandardOpenOption.APPEND);
        assertNotEquals(List.of(), pages(failed));
        Logger.getLogger(NothingShowsTest.class.getName()).info(NAMED);
        assertTrue(system.getMessages().stream().anyMatch(SEARCH::finds));
    }

    /** To a cluster whose pods say all they know, and which has the last word on the status; what it answers to a test. */
    private String connect(TestCluster cluster) throws Exception {
        cluster.api.token = CLUSTER;
        cluster.put(
                deployment("a1", "web", "shop:v1", 1, 0),
                crashing("a1", "web-1", "shop:v1", 3, 1, "no database with " + NAMED + " and " + TOKEN),
                warning("e1", "web-1", "Failed", "nothing pulled with " + TOKEN, 2));
        cluster.api.logs.put("web-1", "token " + TOKEN + "\n" + NAMED + "\n" + SecretSearch.inBase64(TOKEN) + "\n");
        ClusterProject.connect(jenkins, demo.project, cluster, HealthMode.BETWEEN_CHECKS);
        TestProject.await(
                "what the cluster says",
                () -> String.valueOf(demo.staging("a1").observedState().reason())
                                .contains("no database with **** and ****")
                        ? true
                        : null);
        Visitor visitor = Visitor.anonymous(jenkins);
        TestProject.await("the log of a pod", () -> {
            HttpResponse<String> log = visitor.get(POD_LOG);
            return log.statusCode() == 200 && log.body().contains("token ****") ? log : null;
        });
        String page = visitor.get("job/demo/job/a1/live/").body();
        assertTrue(page.contains("nothing pulled with ****"), page);
        cluster.api.token = "another";
        String answer = visitor.post(
                        "job/demo/descriptorByName/" + ClusterProperty.class.getName() + "/testConnection",
                        Visitor.FORM,
                        "credentialsId=" + ClusterProject.CREDENTIALS + "&server="
                                + URLEncoder.encode(cluster.url(), StandardCharsets.UTF_8) + "&caCertificate="
                                + URLEncoder.encode(cluster.caCertificate(), StandardCharsets.UTF_8))
                .body();
        cluster.api.token = CLUSTER;
        assertTrue(answer.contains("doesn’t accept the credentials"), answer);
        return answer;
    }

    /** Scripts that say all they know. */
    private ScriptDirectory chatty(Path path) throws IOException {
        ScriptDirectory scripts = new ScriptDirectory(path);
        String say = "set -x\necho \"token $TOKEN\"; echo \"$@\"; cat \"$FILE\"; printf %s \"$TOKEN\" | base64; "
                + "for i in 1 2 3; do printf '%s' \"$TOKEN\"; sleep 0.02; done; echo\necho \"token $TOKEN $*\" >&2\n";
        for (ControlScript script : ControlScript.values()) {
            String body = Files.exists(scripts.path(script))
                    ? Files.readString(scripts.path(script)).replace("#!/bin/sh", "")
                    : "";
            scripts.with(
                    script,
                    switch (script) {
                        case INFO -> "echo \"link,https://user:$TOKEN@example.com/$TOKEN\"";
                        // A secret in a default is refused, and nothing could be deployed.
                        case DEPLOYMENT_CONFIG, APPLICATION_CONFIG ->
                            "echo \"default.$(basename \"$0\"),1\"; echo \"token $TOKEN\" >&2";
                        case DEPLOYMENT_CONFIG_KEYS, APPLICATION_CONFIG_KEYS -> "echo \"key.$TOKEN\"";
                        case CONFIG_CHECK -> say + "case \"$*\" in *REFUSE*) exit 1;; esac";
                        case NOTIFICATIONS ->
                            say + "touch '" + path
                                    + "/notified'; { set +x; } 2> /dev/null; echo \"token $TOKEN\" >&2; exit 1";
                        case UPDATE ->
                            say + body + "\nif test -f '" + path
                                    + "/fail'; then { set +x; } 2> /dev/null; echo \"token $TOKEN\" >&2; exit 1; fi";
                        case CHECK ->
                            say + "if test -f '" + path
                                    + "/fail'; then { set +x; } 2> /dev/null; echo \"token $TOKEN\" >&2; exit 1; fi\n"
                                    + body;
                        default -> say + body;
                    });
        }
        return scripts;
    }

    private List<String> cli() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        String token =
                User.getById("admin", true).getProperty(ApiTokenProperty.class).generateNewToken("cli").plainValue;
        JenkinsCli cli = new JenkinsCli(jenkins, directory.resolve("cli"), "admin:" + token);
        List<String> answers = new ArrayList<>();
        for (String[] command : new String[][] {
            {"octopod-list", "-p", "demo", "--json"},
            {"octopod-info", "-p", "demo", "-n", "a1"},
            {"octopod-status", "-p", "demo", "-n", "a1"},
            {"octopod-logs", "-p", "demo", "-n", "a1"},
            {"get-job", "demo"},
            {"get-job", "demo/a1"},
            {"console", "demo/a1"}
        }) {
            JenkinsCli.Ended ended = cli.run(command);
            assertEquals(0, ended.exitCode(), cli.transcript());
            answers.add(ended.stdout() + ended.stderr());
        }
        long masked = answers.stream().filter(answer -> answer.contains("****")).count();
        assertTrue(masked >= 2, cli.transcript());
        return answers;
    }

    private List<String> pages(StagingRun run) throws Exception {
        List<String> urls = new ArrayList<>(List.of(
                "",
                "log/all",
                "stagings/",
                "job/demo/",
                "job/demo/configure",
                "job/demo/config.xml",
                "job/demo/api/json?depth=4",
                "job/demo/api/xml?depth=4",
                "job/demo/octopod/api/v1/deployments",
                "job/demo/octopod/api/v1/deployments/a1/info",
                "job/demo/octopod/api/v1/deployments/a1/full_info",
                "job/demo/octopod/api/v1/deployments/a1/status",
                "job/demo/octopod/api/v1/deployment_overrides",
                "job/demo/octopod/api/v1/deployment_override_keys",
                "job/demo/job/a1/",
                "job/demo/job/a1/config.xml",
                "job/demo/job/a1/live/",
                "job/demo/job/a1/live/actions",
                "job/demo/job/a1/badge.svg",
                POD_LOG,
                "job/demo/credentials/",
                "manage/credentials/",
                "manage/staging-checks/",
                "stagings/api/v2/projects",
                "stagings/api/v2/projects/demo",
                "stagings/api/v2/stagings",
                "stagings/api/v2/projects/demo/stagings",
                "stagings/api/v2/projects/demo/stagings/a1",
                "stagings/api/v2/projects/demo/stagings/a1/overrides",
                "stagings/api/v2/projects/demo/stagings/a1/lifetime",
                "stagings/api/v2/projects/demo/stagings/a1/operations",
                "job/pipeline/lastBuild/consoleText",
                "job/pipeline/lastBuild/console"));
        for (StagingRun each : demo.staging("a1").getBuilds()) {
            for (String page : List.of(
                    "",
                    "console",
                    "consoleFull",
                    "consoleText",
                    "logText/progressiveText",
                    "logText/progressiveHtml",
                    "api/json?depth=3")) {
                urls.add(each.getUrl() + page);
            }
            urls.add("job/demo/octopod/api/v1/log/" + ActionIdCodec.of(each));
            String operation = "stagings/api/v2/projects/demo/stagings/a1/operations/"
                    + each.parameters().getRequestId();
            urls.add(operation);
            for (String stream : List.of("stdout", "stderr", "all")) {
                urls.add(operation + "/log?stream=" + stream);
            }
        }
        assertTrue(urls.contains(run.getUrl() + "consoleText"));
        List<String> telling = new ArrayList<>();
        TreeSet<Integer> statuses = new TreeSet<>();
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.setJavaScriptEnabled(false);
        for (String url : urls) {
            Page page = browser.goTo(url, null);
            int status = page.getWebResponse().getStatusCode();
            statuses.add(status);
            if (status >= 400 || SEARCH.finds(page.getWebResponse().getContentAsString())) {
                telling.add(status + " " + url);
            }
        }
        return telling;
    }
}
