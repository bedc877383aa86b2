package io.jenkins.plugins.octopod.dashboard.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What a staging's page and its badge are made of, as it is sent. */
@WithSharedJenkins
class StagingPageTest {

    private static final String EVIL = "<script>alert(1)</script>";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject project;
    private Staging staging;

    @BeforeEach
    void deploy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.DEPLOYMENT_CONFIG, "echo image.tag,latest; echo replicas,1")
                .with(ControlScript.APPLICATION_CONFIG, "echo TEAM,nobody");
        project = TestProject.withScripts(rule, scripts.path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button", "TEAM=search"))
                .getParent();
    }

    private HttpResponse<String> get(String url, String etag) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(jenkins.getURL().toString()).resolve(staging.getUrl() + url));
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    /** The fragment as soon as the defaults are in it. */
    private HttpResponse<String> settled() throws Exception {
        return TestProject.await("the defaults", () -> {
            HttpResponse<String> now = get("live/", null);
            return now.body().contains("nobody") ? now : null;
        });
    }

    @Test
    void anUnchangedPageIsAnsweredWithNothing() throws Exception {
        HttpResponse<String> first = settled();
        assertEquals(200, first.statusCode());
        for (String text : new String[] {"Running", "TEAM", "nobody", "search", "replicas", "Create #1", "badge.svg"}) {
            assertTrue(first.body().contains(text), text);
        }
        HttpResponse<String> same = get("live/", etag(first));
        assertEquals(304, same.statusCode());
        assertEquals("", same.body());

        project.finished(project.submit(Kind.CREATE, "another"));
        HttpResponse<String> others = get("live/", etag(same));
        assertEquals(304, others.statusCode(), "another staging is another");
        assertNotEquals(etag(same), etag(others), "so that its changes needn't be looked at again");

        NoteService.write(staging, "for Anna’s " + EVIL);
        HttpResponse<String> noted = get("live/", etag(others));
        assertEquals(200, noted.statusCode(), "an open page shows a new note");
        assertTrue(noted.body().contains("for Anna’s &lt;script>"), noted.body());

        project.finished(project.submitTag(Kind.MERGE, "orange-button", "v2"));
        HttpResponse<String> changed = get("live/", etag(noted));
        assertEquals(200, changed.statusCode());
        assertTrue(changed.body().contains("Update #2"), changed.body());
        for (String nonsense : new String[] {"", "\"x\"", "\"a.b.c.d.e.f\"", "*"}) {
            assertEquals(200, get("live/", nonsense).statusCode(), nonsense);
        }
    }

    @Test
    void whyItWaitsIsFollowed() throws Exception {
        HttpResponse<String> idle = settled();
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(true, null);
        project.submitTag(Kind.MERGE, "orange-button", "v2");
        HttpResponse<String> waiting = TestProject.await("a reason", () -> {
            HttpResponse<String> now = get("live/", etag(idle));
            return now.statusCode() == 200 && now.body().contains("offline") ? now : null;
        });
        assertTrue(waiting.body().contains("Abort"), waiting.body());
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(false, null);
        TestProject.await("the end", () -> staging.isBusy() ? null : true);
        assertEquals(200, get("live/", etag(waiting)).statusCode());
    }

    @Test
    void actionsAreListedWithWhatChanged() throws Exception {
        project.finished(project.submit(Kind.UPDATE, "orange-button", "TEAM=checkout", "GREETING=" + EVIL));
        HttpResponse<String> list = get("live/actions", null);
        assertEquals(200, list.statusCode());
        for (String text : new String[] {
            "Create #1", "Update #2", "2 overrides changed", "1 override changed", "checkout", "exit code 0", "console"
        }) {
            assertTrue(list.body().contains(text), text + list.body());
        }
        assertFalse(list.body().contains(EVIL), list.body());
        assertFalse(list.body().contains("data-rows"), "there are no older ones");
        HttpResponse<String> page = get("", null);
        assertFalse(page.body().contains("octopod-runs__title"), "the page itself doesn't read them");
    }

    @Test
    void olderActionsAreAskedFor() throws Exception {
        for (int i = 2; i <= ActionsList.PAGE + 2; i++) {
            project.finished(project.submitTag(Kind.MERGE, "orange-button", "v" + i));
        }
        String newest = get("live/actions", null).body();
        assertTrue(newest.contains("run-27\""), newest);
        assertTrue(newest.contains("run-3\""), newest);
        assertFalse(newest.contains("run-2\""), newest);
        assertTrue(newest.contains("data-rows=\"50\""), newest);
        String all = get("live/actions?rows=50", null).body();
        assertTrue(all.contains("run-1\""), all);
        assertFalse(all.contains("data-rows"), all);
        for (String nonsense : new String[] {"-5", "0", "many", "99999999999"}) {
            String few = get("live/actions?rows=" + nonsense, null).body();
            assertTrue(few.contains("run-3\"") && !few.contains("run-2\""), nonsense);
        }
    }

    @Test
    void theBadgeIsSentAgainOnlyWhereItIsAnother() throws Exception {
        HttpResponse<String> badge = get("badge.svg", null);
        assertEquals(200, badge.statusCode());
        assertEquals(
                "image/svg+xml;charset=utf-8",
                badge.headers().firstValue("Content-Type").orElse("").toLowerCase(java.util.Locale.ROOT));
        assertTrue(badge.headers().firstValue("Cache-Control").orElse("").contains("no-cache"));
        assertTrue(badge.body().contains("orange-button: Running"), badge.body());
        assertEquals(304, get("badge.svg", etag(badge)).statusCode());

        HttpResponse<String> labelled = get("badge.svg?label=%3Cscript%3Ealert(1)%3C/script%3E%00", null);
        assertEquals(200, labelled.statusCode());
        assertFalse(labelled.body().contains("<script"), labelled.body());

        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        HttpResponse<String> archived = get("badge.svg", etag(badge));
        assertEquals(200, archived.statusCode());
        assertTrue(archived.body().contains("orange-button: Archived"), archived.body());
    }

    @Test
    void theBadgeIsForThoseWhoMaySeeTheStaging() throws Exception {
        TestUsers.of(jenkins).with("anonymous", Jenkins.READ).with("reader", Jenkins.READ, Item.READ);
        Visitor reader = Visitor.loggedIn(jenkins, "reader");
        assertEquals(200, reader.get(staging.getUrl() + "badge.svg").statusCode());
        assertEquals(200, reader.get(staging.getUrl() + "live/").statusCode());
        Visitor nobody = Visitor.anonymous(jenkins);
        assertEquals(404, nobody.get(staging.getUrl() + "badge.svg").statusCode());
        assertEquals(404, nobody.get(staging.getUrl() + "live/").statusCode());
        assertEquals(404, nobody.get(staging.getUrl() + "live/actions").statusCode());
    }

    @Test
    void whoMayNotReadWhatScriptsPrintIsNotToldTheDefaults() throws Exception {
        settled();
        TestUsers.of(jenkins)
                .with("reader", Jenkins.READ, Item.READ)
                .with("deployer", Jenkins.READ, Item.READ, Item.BUILD);
        String read = Visitor.loggedIn(jenkins, "reader")
                .get(staging.getUrl() + "live/")
                .body();
        assertTrue(read.contains("search"), read);
        assertFalse(read.contains("nobody"), read);
        assertTrue(read.contains("Requires the permission Job/Build"), read);
        Visitor deployer = Visitor.loggedIn(jenkins, "deployer");
        TestProject.await(
                "the defaults",
                () -> deployer.get(staging.getUrl() + "live/").body().contains("nobody") ? true : null);
    }

    @Test
    void aCleanupWithAnotherNameTypedIsRefused() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        Visitor visitor = Visitor.anonymous(jenkins);
        for (String typed : new String[] {"", "orange", "ORANGE-BUTTON"}) {
            HttpResponse<String> refused =
                    visitor.post(staging.getUrl() + "operations/cleanup", Visitor.FORM, "confirm=" + typed);
            assertEquals(400, refused.statusCode());
            assertTrue(refused.body().contains("Type “orange-button”"), refused.body());
            assertEquals(Status.Archived, staging.getStatus());
            assertFalse(staging.isBusy());
        }
        assertTrue(visitor.get(staging.getUrl() + "operations/confirm").body().contains("name=\"confirm\""));
        HttpResponse<String> done =
                visitor.post(staging.getUrl() + "operations/cleanup", Visitor.FORM, "confirm=orange-button");
        assertEquals(302, done.statusCode());
        TestProject.await("the staging to be gone", () -> project.staging("orange-button") == null ? true : null);
    }

    @Test
    void aRunsPageFollowsItToItsEnd() throws Exception {
        scripts.with(ControlScript.UPDATE, "echo begun; while ! test -f '" + directory + "/go'; do sleep 0.1; done");
        AcceptedRequest accepted = project.submitTag(Kind.MERGE, "orange-button", "v2");
        project.printing(accepted, "begun");
        HttpResponse<String> running = get("2/live/", null);
        assertTrue(running.body().contains("data-final=\"false\""), running.body());
        assertTrue(running.body().contains("image.tag"), "what changed");
        assertEquals(304, get("2/live/", etag(running)).statusCode());
        java.nio.file.Files.createFile(directory.resolve("go"));
        assertNotNull(project.finished(accepted));
        HttpResponse<String> done = get("2/live/", etag(running));
        assertEquals(200, done.statusCode());
        assertTrue(done.body().contains("data-final=\"true\""), done.body());
        assertTrue(done.body().contains("Success"), done.body());
    }
}
