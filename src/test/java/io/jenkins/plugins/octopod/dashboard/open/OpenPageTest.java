package io.jenkins.plugins.octopod.dashboard.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.StagingAction;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.sharing.OpenUrl;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Where {@code open} leads in each state of a staging, and what it says to whom if it leads nowhere. */
@WithSharedJenkins
class OpenPageTest {

    private static final String APP = "https://orange.example.com/?a=1&b=%20";
    private static final String ODD = "50 %/über\\all; yes?";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ScriptDirectory scripts;
    private TestProject project;
    private Staging staging;

    @BeforeEach
    void deploy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        info(
                "evil,javascript:alert(1)",
                "app," + APP,
                "api docs,https://api.example.com/",
                "\"" + ODD + "\",https://odd.example.com/");
        project = TestProject.withScripts(rule, scripts.path());
        project.connectAgent("agent");
        staging = project.finished(project.submit(Kind.CREATE, "orange-button")).getParent();
        assertEquals(Status.Running, staging.getStatus());
        TestUsers.of(jenkins)
                .with("reader", Jenkins.READ, Item.READ)
                .with("deployer", Jenkins.READ, Item.READ, Item.BUILD, StagingPermissions.LOG);
    }

    private void info(String... lines) throws Exception {
        Path printed = directory.resolve("links.csv");
        Files.writeString(printed, String.join("\n", lines) + "\n");
        scripts.with(ControlScript.INFO, "cat '" + printed + "'");
    }

    private Visitor visitor(String user) throws Exception {
        return Visitor.loggedIn(jenkins, user);
    }

    private HttpResponse<String> open(Visitor visitor, String rest) throws Exception {
        return visitor.get(staging.getUrl() + "open/" + rest);
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("none, but " + response.statusCode());
    }

    private static void assertSays(String sentence, HttpResponse<String> response) {
        assertTrue(response.body().contains(sentence), response.body());
    }

    private static void assertDoesNotSay(String sentence, HttpResponse<String> response) {
        assertFalse(response.body().contains(sentence), response.body());
    }

    @Test
    void aRunningStagingIsOpenedAtOnce() throws Exception {
        Visitor reader = visitor("reader");
        HttpResponse<String> first = open(reader, "");
        assertEquals(302, first.statusCode());
        assertEquals(APP, location(first), "the first link that a browser may follow");
        assertEquals("no-store", first.headers().firstValue("Cache-Control").orElse(""));
        assertEquals("https://api.example.com/", location(open(reader, "api%20docs/")));
        assertEquals("https://api.example.com/", location(open(reader, "?link=api+docs")));
        for (String name : new String[] {"app", "api docs", ODD}) {
            String url = OpenUrl.of(staging, name);
            assertEquals(302, reader.get(url).statusCode(), url);
        }
    }

    @Test
    void onlyLinksOfTheControlScriptsAreFollowed() throws Exception {
        Visitor reader = visitor("reader");
        for (String rest : new String[] {
            "evil/",
            "nosuch/",
            "?link=https://evil.example.com",
            "https:%2F%2Fevil.example.com/",
            "?link=//evil.example.com"
        }) {
            HttpResponse<String> response = open(reader, rest);
            assertTrue(response.statusCode() == 404 || response.statusCode() == 400, rest + response.statusCode());
            assertDoesNotSay("href=\"javascript", response);
        }
        HttpResponse<String> unknown = open(reader, "nosuch/");
        assertSays("The staging has no link with the name “nosuch”.", unknown);
        assertSays(APP.replace("&", "&amp;"), unknown);
    }

    @Test
    void aStagingWithoutLinksSaysSo() throws Exception {
        info("evil,javascript:alert(1)");
        project.finished(project.submitTag(Kind.MERGE, "orange-button", "v2"));
        HttpResponse<String> none = open(visitor("reader"), "");
        assertEquals(200, none.statusCode());
        assertSays("The staging has no link that can be opened.", none);
        assertDoesNotSay("javascript:alert", none);
        scripts.with(ControlScript.CHECK, "exit 1").with(ControlScript.UPDATE, "exit 1");
        project.finished(project.submitTag(Kind.MERGE, "orange-button", "v3"));
        assertTrue(staging.getStatus().isFailure(), staging.getStatus().toString());
        HttpResponse<String> failing = open(visitor("reader"), "");
        assertDoesNotSay("This page opens the link when", failing);
        assertSays("If the staging has a link when it works again, this page opens the link.", failing);
    }

    @Test
    void anArchivedStagingIsRestoredAndOpened() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        HttpResponse<String> read = open(visitor("reader"), "app/");
        assertEquals(200, read.statusCode());
        assertSays("The staging is archived", read);
        assertDoesNotSay("Restore and open", read);
        assertSays("You don’t have permission to restore it.", read);

        Visitor deployer = visitor("deployer");
        HttpResponse<String> offered = open(deployer, "api%20docs/");
        assertSays("Restore and open", offered);
        assertSays("<input name=\"open\" type=\"hidden\" value=\"api docs\"", offered);
        HttpResponse<String> restored =
                deployer.post(staging.getUrl() + "operations/restore", Visitor.FORM, "open=api+docs");
        assertEquals(302, restored.statusCode());
        assertTrue(location(restored).endsWith(staging.getUrl() + "open/api%20docs/?page=true"), location(restored));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        assertEquals("https://api.example.com/", location(open(deployer, "api%20docs/")));
    }

    @Test
    void aRestorationLeadsToThePageOnlyFromThere() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        Visitor deployer = visitor("deployer");
        HttpResponse<String> restored = deployer.post(staging.getUrl() + "operations/restore", Visitor.FORM, "open=");
        assertTrue(location(restored).endsWith(staging.getUrl() + "open/?page=true"), location(restored));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        HttpResponse<String> plain = deployer.post(staging.getUrl() + "operations/restore", Visitor.FORM, "");
        assertTrue(location(plain).endsWith(staging.getUrl()), location(plain));
        TestProject.await("the staging to be free", () -> staging.isBusy() ? null : true);
    }

    @Test
    void whileItIsDeployedThePageWaits() throws Exception {
        scripts.with(ControlScript.UPDATE, "echo begun; while ! test -f '" + directory + "/go'; do sleep 0.1; done");
        AcceptedRequest accepted = project.submitTag(Kind.MERGE, "orange-button", "v2");
        project.printing(accepted, "begun");
        Visitor reader = visitor("reader");
        HttpResponse<String> page = open(reader, "app/");
        assertEquals(200, page.statusCode());
        assertSays("This page opens the link when the staging is ready.", page);
        assertSays("Open anyway", page);
        assertSays("app-progress-bar", page);
        HttpResponse<String> content = open(reader, "app/?content=true");
        assertDoesNotSay("data-location", content);
        assertDoesNotSay("<html", content);
        String etag = content.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                304,
                reader.send("GET", staging.getUrl() + "open/app/?content=true", null, "If-None-Match", etag)
                        .statusCode());

        Files.createFile(directory.resolve("go"));
        project.finished(accepted);
        HttpResponse<String> ready =
                reader.send("GET", staging.getUrl() + "open/app/?content=true", null, "If-None-Match", etag);
        assertEquals(200, ready.statusCode());
        assertSays("data-location=\"" + APP.replace("&", "&amp;") + "\"", ready);
    }

    @Test
    void aFailingStagingSaysWhy() throws Exception {
        scripts.with(ControlScript.UPDATE, "echo 'the database is missing' >&2; exit 3");
        scripts.with(ControlScript.CHECK, "echo 'the database is missing' >&2; exit 1");
        project.finished(project.submitTag(Kind.MERGE, "orange-button", "v2"));
        assertTrue(staging.getStatus().isFailure(), staging.getStatus().toString());
        HttpResponse<String> deployer = open(visitor("deployer"), "");
        assertEquals(200, deployer.statusCode());
        assertSays("the database is missing", deployer);
        assertSays("/console\"", deployer);
        assertSays("Open anyway", deployer);
        assertSays("This page opens the link when the staging works again.", deployer);
        HttpResponse<String> unknown = open(visitor("deployer"), "nosuch/");
        assertDoesNotSay("This page opens the link when", unknown);
        assertSays("If the staging has a link with the name “nosuch” when it works again", unknown);
        assertSays("the staging had no link with the name “nosuch”. It had these:", unknown);
        assertSays(APP.replace("&", "&amp;"), unknown);
        HttpResponse<String> reader = open(visitor("reader"), "");
        assertDoesNotSay("/console\"", reader);
    }

    @Test
    void everyStateOfAStagingIsTold() {
        Set<OpenState> told = EnumSet.noneOf(OpenState.class);
        for (Status status : Status.values()) {
            told.add(OpenState.of(status, null));
            for (StagingAction action : StagingAction.values()) {
                OpenState state = OpenState.of(status, action);
                assertTrue(
                        Set.of(OpenState.DEPLOYING, OpenState.ARCHIVING, OpenState.CLEANING_UP)
                                .contains(state),
                        status + " " + action + " " + state);
                told.add(state);
            }
        }
        assertEquals(EnumSet.allOf(OpenState.class), told);
    }

    @Test
    void aFailedArchivingIsTold() throws Exception {
        scripts.with(ControlScript.ARCHIVE, "echo 'the volume is in use' >&2; exit 1");
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        assertEquals(Status.ArchivePending, staging.getStatus());
        HttpResponse<String> page = open(visitor("deployer"), "");
        assertSays("The staging was not archived completely", page);
        assertSays("the volume is in use", page);
        assertSays("/console\"", page);
        assertDoesNotSay("This page opens the link", page);
    }

    @Test
    void aFailedCleanupIsTold() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        scripts.with(ControlScript.CLEANUP, "echo 'the volume is in use' >&2; exit 1");
        project.finished(project.submit(Kind.CLEANUP, "orange-button"));
        assertEquals(Status.CleanupFailed, staging.getStatus());
        HttpResponse<String> page = open(visitor("deployer"), "");
        assertSays("The cleanup of the staging has failed.", page);
        assertSays("the volume is in use", page);
        assertDoesNotSay("Its data is kept", page);
        assertDoesNotSay("Restore and open", page);
    }

    @Test
    void onlyAUserIsNamedWhomToAsk() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        assertSays("Ask an administrator of the project to restore it.", open(visitor("reader"), ""));
        try (ACLContext ignored =
                ACL.as2(User.getOrCreateByIdOrFullName("deployer").impersonate2())) {
            project.finished(project.submit(Kind.RESTORE, "orange-button"));
            project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        }
        assertSays("Ask deployer to restore it.", open(visitor("reader"), ""));
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        Cause build = new Cause.UpstreamCause((Run<?, ?>) jenkins.buildAndAssertSuccess(job));
        project.finished(
                StagingService.submit(StagingRequest.of(project.project, "orange-button", Kind.RESTORE, build)));
        project.finished(
                StagingService.submit(StagingRequest.of(project.project, "orange-button", Kind.ARCHIVE, build)));
        assertEquals("deploy #1", staging.getChangedBy());
        assertDoesNotSay("deploy #1", open(visitor("reader"), ""));
    }

    @Test
    void onlyAUserWhoMayRestoreItIsNamed() throws Exception {
        try (ACLContext ignored =
                ACL.as2(User.getOrCreateByIdOrFullName("deployer").impersonate2())) {
            project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        }
        assertSays("Ask deployer to restore it.", open(visitor("reader"), ""));
        // The deployer has left the team.
        TestUsers.of(jenkins).with("reader", Jenkins.READ, Item.READ).with("deployer", Jenkins.READ, Item.READ);
        HttpResponse<String> page = open(visitor("reader"), "");
        assertDoesNotSay("Ask deployer", page);
        assertSays("Ask an administrator of the project to restore it.", page);
    }

    @Test
    void aUserWhoMayRestoreItIsNeverToldOtherwise() throws Exception {
        project.finished(project.submit(Kind.ARCHIVE, "orange-button"));
        try (ACLContext ignored =
                ACL.as2(User.getOrCreateByIdOrFullName("deployer").impersonate2())) {
            OpenPage page = new OpenPage(staging, null);
            // A different user restores it while the page is rendered.
            project.finished(project.submit(Kind.RESTORE, "orange-button"));
            assertEquals("ARCHIVED", page.getState());
            assertTrue(page.isRestorePermitted());
        }
    }

    @Test
    void aSecondUserWhoRestoresItIsLedToThePage() throws Exception {
        HttpResponse<String> second =
                visitor("deployer").post(staging.getUrl() + "operations/restore", Visitor.FORM, "open=app");
        assertEquals(302, second.statusCode(), "it runs already");
        assertTrue(location(second).endsWith(staging.getUrl() + "open/app/?page=true"), location(second));
        HttpResponse<String> page = open(visitor("deployer"), "app/?page=true");
        assertEquals(200, page.statusCode(), "a form can’t be redirected to a different origin");
        assertSays("data-location=\"" + APP.replace("&", "&amp;") + "\"", page);
        assertEquals(200, open(visitor("deployer"), "?link=app&page=true").statusCode());
        assertEquals(
                403,
                visitor("reader")
                        .post(staging.getUrl() + "operations/restore", Visitor.FORM, "open=app")
                        .statusCode());
    }

    @Test
    void unusualLinksAreOpened() throws Exception {
        info(
                "app,HTTPS://upper.example.com/",
                "index,https://index.example.com/",
                "twin,https://a.example.com/",
                "twin,https://b.example.com/");
        project.finished(project.submitTag(Kind.MERGE, "orange-button", "v2"));
        Visitor reader = visitor("reader");
        assertEquals("HTTPS://upper.example.com/", location(open(reader, "")));
        assertEquals("https://index.example.com/", location(reader.get(OpenUrl.of(staging, "index"))));
        assertEquals("https://a.example.com/", location(open(reader, "twin/")));
        String page = reader.get(staging.getUrl()).body();
        assertTrue(page.contains("open/twin/"), page);
        assertTrue(page.contains("[twin](https://b.example.com/)"), "a name leads to its first link");
        assertEquals(302, reader.send("HEAD", staging.getUrl() + "open/", null).statusCode());
    }

    @Test
    void othersLearnNothing() throws Exception {
        HttpResponse<String> anonymous = open(Visitor.anonymous(jenkins), "");
        assertDoesNotSay("orange.example.com", anonymous);
        assertTrue(anonymous.statusCode() == 403 || anonymous.statusCode() == 404, "" + anonymous.statusCode());
    }
}
