package io.jenkins.plugins.octopod.dashboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.User;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.journal.VersionTimeSlots;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/** What an open page is told, over real HTTP. */
@WithSharedJenkins
class StagingsFeedTest {

    private static final String ALL = "stagings/board/feed/";
    private static final String OF_PROJECT = "job/demo/view/Stagings/board/feed/";

    @TempDir
    private Path demoHome;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void noDefaultsAreTold() {
        debouncer().setPause(Duration.ofDays(1));
    }

    @AfterEach
    void asEver() {
        debouncer().resetPause();
    }

    private static DefaultsChangeDebouncer debouncer() {
        return ExtensionList.lookupSingleton(DefaultsChangeDebouncer.class);
    }

    @Test
    void tellsAllOnceAndThenOnlyWhatChanges(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submitTag(Kind.CREATE, "orange-button", "v1"));
        demo.finished(demo.submit(Kind.CREATE, "blue-sky", "COLOR=blue", "-TEAM"));
        FeedReply first = ask(jenkins, ALL, null, null);

        assertTrue(first.json.get("complete").asBoolean());
        assertEquals(List.of("demo/blue-sky", "demo/orange-button"), first.ids());
        JsonNode orange = first.staging("demo/orange-button");
        assertEquals("Running", orange.get("status").asText());
        assertEquals("v1", orange.get("tag").asText());
        assertEquals("job/demo/job/orange-button/", orange.get("url").asText());
        assertTrue(orange.get("links").get(0).get("safe").asBoolean());
        assertFalse(orange.has("activity"));
        JsonNode removed = first.staging("demo/blue-sky").get("application").get(1);
        assertEquals("TEAM", removed.get("key").asText());
        assertFalse(removed.has("value"));

        assertEquals(304, ask(jenkins, ALL, null, first.etag).status);
        demo.finished(demo.submitTag(Kind.MERGE, "orange-button", "v2"));
        FeedReply second = ask(jenkins, ALL, null, first.etag);
        assertFalse(second.json.get("complete").asBoolean());
        assertEquals(List.of("demo/orange-button"), second.ids());
        assertEquals("v2", second.staging("demo/orange-button").get("tag").asText());
        assertEquals(304, ask(jenkins, ALL, null, second.etag).status);

        NoteService.write(demo.staging("blue-sky"), "for Anna’s demo\non Thursday");
        FeedReply noted = ask(jenkins, ALL, null, second.etag);
        assertEquals(List.of("demo/blue-sky"), noted.ids());
        JsonNode note = noted.staging("demo/blue-sky").get("note");
        assertEquals("for Anna’s demo\non Thursday", note.get("text").asText());
        assertEquals(
                demo.staging("blue-sky").note().at().toEpochMilli(),
                note.get("at").asLong());

        demo.staging("blue-sky").delete();
        FeedReply third = ask(jenkins, ALL, null, second.etag);
        assertEquals("demo/blue-sky", third.json.get("gone").get(0).asText());
        assertEquals(List.of(), third.ids());
    }

    @Test
    void tellsWhatIsGoingOn(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        var accepted = demo.submit(Kind.CREATE, "orange-button", "demo.nothing=1");
        demo.finished(accepted);
        String etag = ask(jenkins, OF_PROJECT, null, null).etag;
        jenkins.jenkins
                .getComputer("agent")
                .disconnect(new OfflineCause.ByCLI("test"))
                .get();
        FeedReply without = ask(jenkins, OF_PROJECT, null, etag);
        assertEquals(
                "OFFLINE", without.json.get("projects").get(0).get("agents").asText());
        assertEquals(List.of(), without.ids());

        demo.submit(Kind.ARCHIVE, "orange-button");
        JsonNode activity = TestProject.await("a reason to wait", () -> {
            JsonNode row = ask(jenkins, OF_PROJECT, null, null).staging("demo/orange-button");
            return row.at("/activity/waitingFor").isMissingNode() ? null : row.get("activity");
        });
        assertEquals("ARCHIVE", activity.get("action").asText());
        assertFalse(activity.has("run"));
    }

    @Test
    void whoMayNotSeeAStagingIsNotToldOfIt(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        demo.finished(demo.submit(Kind.CREATE, "secret"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        MockAuthorizationStrategy roles = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "deployer", "nobody")
                .grant(Item.READ)
                .onItems(demo.project, demo.staging("orange-button"))
                .to("reader", "deployer")
                .grant(Item.BUILD)
                .onItems(demo.staging("orange-button"))
                .to("deployer");
        jenkins.jenkins.setAuthorizationStrategy(roles);

        assertEquals(
                List.of("demo/orange-button"), ask(jenkins, ALL, "reader", null).ids());
        assertFalse(
                ask(jenkins, ALL, "reader", null).staging("demo/orange-button").has("may"));
        JsonNode may = ask(jenkins, ALL, "deployer", null)
                .staging("demo/orange-button")
                .get("may");
        assertEquals(1, may.size());
        assertEquals("build", may.get(0).asText());
        assertEquals(2, ask(jenkins, ALL, "admin", null).ids().size());
        FeedReply nobodys = ask(jenkins, ALL, "nobody", null);
        assertEquals(0, nobodys.json.get("projects").size());
        assertEquals(List.of(), nobodys.ids());

        // Of a change of what one may not see, not even the name is told.
        String etag = ask(jenkins, ALL, "reader", null).etag;
        String nobodysEtag = nobodys.etag;
        demo.finished(demo.submitTag(Kind.MERGE, "secret", "v2"));
        assertEquals(304, ask(jenkins, ALL, "reader", etag).status);
        assertEquals(304, ask(jenkins, ALL, "nobody", nobodysEtag).status);
        assertEquals(etag, ask(jenkins, ALL, "reader", etag).etag, "nothing tells how much has changed");

        // Another’s answer isn’t mine, and another permission is another answer.
        assertEquals(200, ask(jenkins, ALL, "deployer", etag).status);
        String before = ask(jenkins, ALL, "reader", null).etag;
        roles.grant(Item.READ).onItems(demo.staging("secret")).to("reader");
        jenkins.jenkins.save();
        FeedReply after = ask(jenkins, ALL, "reader", before);
        assertTrue(after.json.get("complete").asBoolean());
        assertEquals(2, after.ids().size());
    }

    /** An authorization strategy can hide stagings by their names; their deletion must not tell these names. */
    @Test
    void theDeletionOfAHiddenStagingIsNotTold(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        // A run is saved once more when its executor is free, which is told to those who may see its staging.
        for (String name : List.of("orange-button", "seen", "secret")) {
            demo.finished(demo.submit(Kind.CREATE, name));
        }
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(demo.project, demo.staging("orange-button"), demo.staging("seen"))
                .to("reader"));
        String etag = ask(jenkins, ALL, "reader", null).etag;
        demo.staging("secret").delete();
        assertEquals(304, ask(jenkins, ALL, "reader", etag).status);

        demo.staging("seen").delete();
        FeedReply reply = ask(jenkins, ALL, "reader", etag);
        assertFalse(reply.json.get("complete").asBoolean());
        assertEquals(1, reply.json.get("gone").size(), reply.json.toString());
        assertEquals("demo/seen", reply.json.get("gone").get(0).asText());
    }

    @Test
    void whereThingsAreIsToldAnew(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        MockFolder folder = jenkins.createFolder("team");
        String etag = ask(jenkins, ALL, null, null).etag;
        hudson.model.Items.move(demo.project, folder);
        FeedReply moved = ask(jenkins, ALL, null, etag);
        assertTrue(moved.json.get("complete").asBoolean());
        assertEquals(List.of("team/demo/orange-button"), moved.ids());

        String afterwards = moved.etag;
        demo.project.setTagKey("COLOR");
        demo.project.save();
        FeedReply configured = ask(jenkins, ALL, null, afterwards);
        assertNotEquals(304, configured.status);
        assertEquals(
                "COLOR", configured.json.get("projects").get(0).get("tagKey").asText());
    }

    @Test
    void whatJenkinsHasReadAgainIsToldAnew(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        FeedReply before = ask(jenkins, ALL, null, null);
        Path record = demo.staging("orange-button").getRootDir().toPath().resolve("observed.xml");
        Files.writeString(record, Files.readString(record).replace(">Running<", ">TagMismatch<"));
        jenkins.jenkins.reload();
        TestProject.await("the other status", () -> {
            FeedReply feedReply = ask(jenkins, ALL, null, before.etag);
            return feedReply.status != 304 && feedReply.json.toString().contains("TagMismatch") ? feedReply : null;
        });
    }

    @Test
    void anOverrideThatSaysTheSameAsTheDefaultIsMarked(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        Staging staging = demo.finished(demo.submit(Kind.CREATE, "orange-button", "COLOR=orange", "GREETING=Hello"))
                .getParent();
        assertEquals("orange", staging.getApplicationOverrides().value("COLOR").orElseThrow());
        JsonNode lines =
                ask(jenkins, ALL, null, null).staging("demo/orange-button").get("application");
        assertTrue(lines.get(0).get("isDefault").asBoolean(), lines.toString());
        assertFalse(lines.get(1).has("isDefault"), lines.toString());
    }

    @Test
    void defaultsThatBecomeKnownAreToldToThoseWhoMayReadThem(JenkinsRule jenkins) throws Exception {
        debouncer().setPause(Duration.ofMillis(100));
        TestProject demo = TestProject.demo(jenkins, demoHome);
        // News of the usual one wait since another test.
        demo.project.renameTo("shop");
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "tester")
                .grant(StagingPermissions.LOG)
                .everywhere()
                .to("tester"));
        // As after a start of Jenkins, or when settings have changed.
        demo.project.save();
        FeedReply before = ask(jenkins, ALL, "tester", null);
        assertFalse(before.staging("shop/orange-button").has("tag"));

        FeedReply after = TestProject.await("news of defaults", () -> {
            // As sweeps do: what is known of the deployment is needed to ask for the application’s.
            DefaultsService.get().ask(demo.project, Overrides.NONE);
            FeedReply feedReply = ask(jenkins, ALL, "tester", before.etag);
            return feedReply.status == 304
                            || !feedReply.staging("shop/orange-button").has("tag")
                    ? null
                    : feedReply;
        });
        assertFalse(after.json.get("complete").asBoolean());
        assertEquals("latest", after.staging("shop/orange-button").get("tag").asText());
        assertTrue(after.staging("shop/orange-button").get("tagIsDefault").asBoolean());
        assertFalse(
                ask(jenkins, ALL, "reader", null).staging("shop/orange-button").has("tag"));
    }

    @Test
    void oldAndStrangeVersionsGetEverything(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        for (String strange : List.of("\"\"", "\"a.b.c.d.e\"", "\"00000000.1.2.3.4\"", "W/\"x\"", "*")) {
            FeedReply feedReply = ask(jenkins, ALL, null, strange);
            assertEquals(200, feedReply.status, strange);
            assertTrue(feedReply.json.get("complete").asBoolean(), strange);
        }
    }

    @Test
    void afterAWhileAllIsLookedAtAgain(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.demo(jenkins, demoHome);
        demo.finished(demo.submit(Kind.CREATE, "orange-button"));
        String etag = ask(jenkins, ALL, null, null).etag;
        assertEquals(304, ask(jenkins, ALL, null, etag).status);
        VersionTimeSlots.get().setLength(Duration.ofSeconds(1));
        assertTrue(ask(jenkins, ALL, null, etag).json.get("complete").asBoolean());
    }

    private record FeedReply(int status, String etag, JsonNode json) {
        List<String> ids() {
            List<String> ids = new ArrayList<>();
            json.get("stagings").forEach(row -> ids.add(row.get("id").asText()));
            return ids.stream().sorted().toList();
        }

        JsonNode staging(String id) {
            for (JsonNode row : json.get("stagings")) {
                if (row.get("id").asText().equals(id)) {
                    return row;
                }
            }
            throw new AssertionError("no " + id + " in " + json);
        }
    }

    private FeedReply ask(JenkinsRule jenkins, String path, String user, String etag) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)).header("Accept", "application/json");
        if (user != null) {
            User.getById(user, true);
            String login = Base64.getEncoder().encodeToString((user + ':' + user).getBytes());
            request.header("Authorization", "Basic " + login);
        }
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String tag = response.headers().firstValue("ETag").orElse(null);
        return new FeedReply(
                response.statusCode(),
                tag,
                response.body().isEmpty() ? null : new ObjectMapper().readTree(response.body()));
    }
}
