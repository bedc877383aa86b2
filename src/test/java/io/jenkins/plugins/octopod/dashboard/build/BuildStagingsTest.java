package io.jenkins.plugins.octopod.dashboard.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Tests what a build and its job show of the stagings that the build has deployed. */
@WithSharedJenkins
class BuildStagingsTest {

    private static final String EVIL = "<script>alert(1)</script>";
    private static final String DEPLOY = "octopodDeploy(project: 'demo', name: 'orange', appOverrides: [COLOR: 'x'])";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject demo;
    private WorkflowJob job;
    private Visitor visitor;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.INFO, "echo app,https://orange.example.com");
        demo = TestProject.withScripts(rule, scripts.path());
        demo.project.getPipelineAccess().setCleanup(true);
        demo.connectAgent("agent");
        job = rule.createProject(WorkflowJob.class, "shop");
        visitor = Visitor.anonymous(rule);
    }

    private WorkflowRun build(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }

    private String page(Run<?, ?> build) throws Exception {
        return visitor.get(build.getUrl()).body();
    }

    private String block(String url) throws Exception {
        return visitor.get(url + "octopod-stagings/").body();
    }

    /** The content of the block alone, without tags and with single spaces. */
    private String text(String url) throws Exception {
        return block(url)
                .replaceAll("(?s)<svg.*?</svg>|<[^>]*>", " ")
                .replaceAll("&nbsp;|[\\s\\u00a0]+", " ")
                .replaceAll(" +", " ")
                .replaceAll(" ([:,.])", "$1")
                .trim();
    }

    private JsonNode stagings(String url) throws Exception {
        for (JsonNode action : new ObjectMapper()
                .readTree(visitor.get(url + "api/json").body())
                .get("actions")) {
            if (action.has("stagings")) {
                return action.get("stagings");
            }
        }
        return new ObjectMapper().createArrayNode();
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> part + " in " + text);
    }

    private static void assertLacks(String text, String part) {
        assertFalse(text.contains(part), () -> part + " in " + text);
    }

    @Test
    void showsWhatTheBuildDidAndHowTheStagingIsNow() throws Exception {
        WorkflowRun created = build(DEPLOY);
        WorkflowRun updated = build("octopodDeploy(project: 'demo', name: 'orange', appOverrides: [COLOR: '" + EVIL
                + "'], deploymentOverrides: ['image.tag': 'v2'])");
        String page = page(created);
        assertContains(page, "id=\"octopod-block\"");
        assertContains(page, "job/demo/job/orange/1/");
        assertContains(page, "https://orange.example.com");
        String text = text(updated.getUrl());
        for (String part : new String[] {"orange", "Running", "Update #2", "Success", "2 overrides changed", "v2"}) {
            assertContains(text, part);
        }
        assertLacks(block(updated.getUrl()), EVIL);
        assertContains(text(created.getUrl()), "Create #1: Success");

        demo.finished(demo.submit(Kind.ARCHIVE, "orange"));
        assertContains(text(created.getUrl()), "Archived");
        assertContains(page(updated), "Archived");
    }

    @Test
    void exportsTheSame() throws Exception {
        build(DEPLOY);
        WorkflowRun updated = build("octopodDeploy(project: 'demo', name: 'orange', appOverrides: [COLOR: 'y'])");
        JsonNode staging = stagings(updated.getUrl()).get(0);
        assertEquals("orange", staging.get("name").asText());
        assertEquals("demo", staging.get("project").asText());
        assertEquals(
                jenkins.getURL() + "job/demo/job/orange/", staging.get("url").asText());
        assertEquals("Running", staging.get("status").asText());
        assertEquals("UPDATE", staging.get("action").asText());
        assertEquals("SUCCESS", staging.get("result").asText());
        assertEquals(2, staging.get("run").asInt());
        assertEquals(
                jenkins.getURL() + "job/demo/job/orange/2/",
                staging.get("runUrl").asText());
        assertEquals("https://orange.example.com", staging.at("/links/0/url").asText());
        assertEquals("COLOR", staging.at("/changes/0/key").asText());
        assertEquals("CHANGED", staging.at("/changes/0/kind").asText());
        assertEquals("x", staging.at("/changes/0/from").asText());
        assertEquals("y", staging.at("/changes/0/to").asText());
        JsonNode ofJob = stagings(job.getUrl()).get(0);
        assertEquals("orange", ofJob.get("name").asText());
        assertEquals(2, ofJob.get("build").asInt());
        assertFalse(ofJob.get("outdated").asBoolean());
    }

    @Test
    void isAnsweredWithNothingUntilSomethingChanges() throws Exception {
        WorkflowRun build = build(DEPLOY);
        String url = build.getUrl() + "octopod-stagings/";
        HttpResponse<String> first = visitor.get(url);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, visitor.send("GET", url, null, "If-None-Match", etag).statusCode());
        demo.finished(demo.submit(Kind.ARCHIVE, "orange"));
        HttpResponse<String> changed = visitor.send("GET", url, null, "If-None-Match", etag);
        assertEquals(200, changed.statusCode());
        assertNotEquals(etag, changed.headers().firstValue("ETag").orElseThrow());
    }

    @Test
    void recordsActionsThatFailOrWait() throws Exception {
        scripts.with(ControlScript.CREATE, "echo broken >&2; exit 3");
        job.setDefinition(new CpsFlowDefinition(DEPLOY, true));
        WorkflowRun failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertContains(text(failed.getUrl()), "Create #1: Failed");

        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(true, null);
        WorkflowRun waiting = build(DEPLOY.replace("[COLOR: 'x']", "[COLOR: 'z'], wait: false"));
        assertContains(text(waiting.getUrl()), "Update: Waits in the queue");
        StagingService.abort(demo.staging("orange"));
        TestProject.await("the end", () -> demo.staging("orange").isBusy() ? null : true);
        assertContains(text(waiting.getUrl()), "Update: Cancelled before it began");
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(false, null);
    }

    @Test
    void saysThatTheStagingIsGone() throws Exception {
        WorkflowRun created = build(DEPLOY);
        WorkflowRun removed = build("octopodArchive(project: 'demo', name: 'orange')\n"
                + "octopodCleanup(project: 'demo', name: 'orange')");
        String text = text(created.getUrl());
        assertContains(text, "“orange” no longer exists.");
        assertLacks(block(created.getUrl()), "job/demo/job/orange/");
        assertContains(text(removed.getUrl()), "“orange” was cleaned up by this build.");
        assertTrue(stagings(created.getUrl()).get(0).get("deleted").asBoolean());

        // A new staging of the same name is not the one that the first build has created.
        build(DEPLOY);
        assertContains(text(created.getUrl()), "“orange” no longer exists.");

        HttpResponse<String> before = visitor.get(created.getUrl() + "octopod-stagings/");
        String etag = before.headers().firstValue("ETag").orElseThrow();
        demo.project.delete();
        assertEquals(0, stagings(created.getUrl()).size());
        assertContains(page(created), "id=\"octopod-block\"");
        HttpResponse<String> changed =
                visitor.send("GET", created.getUrl() + "octopod-stagings/", null, "If-None-Match", etag);
        assertEquals(200, changed.statusCode());
        assertLacks(changed.body(), "orange");
        assertContains(
                text(created.getUrl()), "1 staging no longer exists. Its project was deleted, renamed or moved.");
        WorkflowRun other = build("echo 'nothing'");
        assertLacks(page(other), "octopod-block");
    }

    @Test
    void dropsWhatAnotherVersionHasStored() throws Exception {
        WorkflowRun build = build(DEPLOY);
        Path file = build.getRootDir().toPath().resolve("build.xml");
        String stored = Files.readString(file);
        String unknown = stored.replace("<action>CREATE</action>", "<action>TELEPORT</action>");
        assertNotEquals(stored, unknown);
        Files.writeString(file, unknown);
        build.reload();
        assertEquals(List.of(), BuildRecord.actions(build));
        assertEquals(200, visitor.get(build.getUrl()).statusCode());
    }

    @Test
    void showsTheNumberOfFurtherStagings() throws Exception {
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(true, null);
        build("for (int i = 1; i <= 12; i++) { octopodDeploy(project: 'demo', name: 's' + i, wait: false) }");
        HttpResponse<String> first = visitor.get(job.getUrl() + "octopod-stagings/");
        assertContains(text(job.getUrl()), "And 2 more in the Stagings view");
        assertLacks(first.body(), "job/demo/job/s1/");
        StagingService.abort(demo.staging("s1"));
        TestProject.await("the end", () -> demo.staging("s1").isBusy() ? null : true);
        demo.staging("s1").delete();
        String etag = first.headers().firstValue("ETag").orElseThrow();
        TestProject.await("one less", () -> {
            HttpResponse<String> changed =
                    visitor.send("GET", job.getUrl() + "octopod-stagings/", null, "If-None-Match", etag);
            return changed.body().contains("And 1 more in the Stagings view") ? true : null;
        });
        for (int i = 2; i <= 12; i++) {
            StagingService.abort(demo.staging("s" + i));
        }
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(false, null);
    }

    @Test
    void followsARenamedProject() throws Exception {
        WorkflowRun created = build(DEPLOY);
        demo.project.renameTo("renamed");
        assertContains(block(created.getUrl()), "job/renamed/job/orange/");
        assertEquals("renamed", stagings(created.getUrl()).get(0).get("project").asText());
    }

    @Test
    void theJobShowsItsStagingAndWhetherThereIsANewerBuild() throws Exception {
        WorkflowRun first = build(DEPLOY);
        assertContains(visitor.get(job.getUrl()).body(), "id=\"octopod-block\"");
        assertContains(text(job.getUrl()), "Deployed by #1");
        assertLacks(text(job.getUrl()), "newest");
        WorkflowRun second = build("echo 'nothing'");
        assertContains(text(job.getUrl()), "#1, which isn’t the newest build");
        assertTrue(stagings(job.getUrl()).get(0).get("outdated").asBoolean());
        second.delete();
        assertLacks(text(job.getUrl()), "newest");
        first.delete();
        assertContains(text(job.getUrl()), "Deployed by #1");
        assertLacks(block(job.getUrl()), "job/shop/1/");
        job.renameTo("store");
        // The index can be half a second old.
        TestProject.await("the new name", () -> text(job.getUrl()).contains("Deployed by #1") ? true : null);
        build(DEPLOY);
        TestProject.await("the new build", () -> block(job.getUrl()).contains("job/store/3/") ? true : null);
    }

    @Test
    void theStagingLeadsBackToItsBuild() throws Exception {
        WorkflowRun build = build(DEPLOY);
        Staging staging = demo.staging("orange");
        String live = visitor.get(staging.getUrl() + "live/").body();
        assertContains(live, "job/shop/1/");
        build.delete();
        live = visitor.get(staging.getUrl() + "live/").body();
        assertLacks(live, "job/shop/1/");
        assertContains(live, "#1 (deleted)");
        job.delete();
        assertLacks(visitor.get(staging.getUrl()).body(), "job/shop/");
    }

    @Test
    void showsNothingToUsersWhoMayNotSeeTheStaging() throws Exception {
        WorkflowRun build = build(DEPLOY);
        build(DEPLOY.replace("orange", "gone"));
        Run<?, ?> removing = build(
                "octopodArchive(project: 'demo', name: 'gone')\n" + "octopodCleanup(project: 'demo', name: 'gone')");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("developer", "outsider", "owner")
                .grant(Item.READ)
                .onItems(job)
                .to("developer", "outsider")
                // The project, but none of its stagings.
                .grant(Item.READ)
                .onItems(demo.project)
                .to("developer", "owner")
                .grant(Item.READ)
                .onItems(demo.staging("orange"))
                .to("owner"));
        for (String user : new String[] {"developer", "outsider"}) {
            visitor = Visitor.loggedIn(jenkins, user);
            for (String url : new String[] {build.getUrl(), removing.getUrl(), job.getUrl()}) {
                assertEquals(200, visitor.get(url).statusCode());
                assertLacks(visitor.get(url).body(), "octopod-block");
                assertEquals(0, stagings(url).size(), url);
                assertLacks(visitor.get(url + "api/json?depth=3").body(), "orange");
                assertEquals(404, visitor.get(url + "octopod-stagings/").statusCode());
            }
        }
        visitor = Visitor.loggedIn(jenkins, "owner");
        String staging = visitor.get(demo.staging("orange").getUrl()).body();
        assertContains(staging, "orange");
        assertLacks(staging, "job/shop/");
        assertEquals(1, BuildRecord.actions(build).size());
    }
}
