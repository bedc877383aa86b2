package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.BusyStaging;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.journal.ChangeJournal;
import io.jenkins.plugins.octopod.staging.note.Note;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import io.jenkins.plugins.octopod.staging.support.StagingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.access.AccessDeniedException;

/** A note about a staging: who can write it, when, and how long it stays. */
@WithSharedJenkins
class NoteTest {

    private static final String TEXT = "for Anna’s demo\non Thursday";

    @TempDir
    private Path directory;

    private TestProject deployed(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory.resolve("scripts")).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        return demo;
    }

    @Test
    void writerAndTimeAreKept(JenkinsRule jenkins) throws Exception {
        Staging staging = deployed(jenkins).staging("a1");
        TestUsers.of(jenkins)
                .with("reader", Jenkins.READ, Item.READ)
                .with("anna", Jenkins.READ, Item.READ, Item.BUILD)
                .with("bert", Jenkins.READ, Item.READ, Item.BUILD);
        Instant before = Instant.ofEpochMilli(StagingClock.now().toEpochMilli());
        Instant changed = staging.changedAt();
        as("anna", staging, TEXT);
        Note first = staging.note();
        assertEquals(TEXT, first.text());
        assertEquals("anna", first.by());
        assertFalse(first.at().isBefore(before), first.at().toString());
        assertEquals(changed, staging.changedAt(), "a note is no change of the desired state");
        assertEquals(1, staging.getBuilds().size(), "it needs no run");

        as("bert", staging, " for Anna’s demo\r\non Thursday\r\n");
        assertSame(first, staging.note(), "the same text again is no new note");
        AccessDeniedException denied =
                assertThrows(AccessDeniedException.class, () -> as("reader", staging, "something else"));
        assertTrue(denied.getMessage().contains("Job/Build"), denied.getMessage());
        assertThrows(RefusalException.class, () -> as("anna", staging, "x".repeat(201)));
        assertSame(first, staging.note());

        as("bert", staging, "free again");
        assertEquals("bert", staging.note().by());
        as("anna", staging, " ");
        assertNull(staging.note());
        assertFalse(staging.getConfigFile().asString().contains("free again"));
    }

    private static void as(String user, Staging staging, String text) throws RefusalException {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            NoteService.write(staging, text);
        }
    }

    @Test
    void itIsWrittenWhileTheStagingIsBusy(JenkinsRule jenkins) throws Exception {
        BusyStaging busy = BusyStaging.create(jenkins, directory);
        StagingRun run = busy.held();
        NoteService.write(busy.staging(), TEXT);
        assertTrue(busy.staging().isBusy());
        assertTrue(run.isBuilding());
        busy.staging().doReload();
        assertEquals(TEXT, busy.staging().note().text());
        busy.release();
        busy.awaitFree();
        assertEquals(Status.Running, busy.staging().getStatus());
        assertEquals(TEXT, busy.staging().note().text());
    }

    @Test
    void itStaysWhenAnActionIsCancelled(JenkinsRule jenkins) throws Exception {
        TestProject demo = deployed(jenkins);
        Staging staging = demo.staging("a1");
        NoteService.write(staging, "before");
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(true, null);
        demo.submit(Kind.MERGE, "a1", "A=2");
        NoteService.write(staging, TEXT);
        Jenkins.get().getQueue().cancel(staging);
        TestProject.await("the end of the request", () -> staging.isBusy() ? null : true);
        assertEquals("A=1", staging.getApplicationOverrides().toString());
        assertEquals(TEXT, staging.note().text());
        jenkins.jenkins.getComputer("agent").setTemporarilyOffline(false, null);
    }

    @Test
    void itStaysInTheArchiveAndWhenTheProjectIsRenamed(JenkinsRule jenkins) throws Exception {
        TestProject demo = deployed(jenkins);
        Staging staging = demo.staging("a1");
        NoteService.write(staging, TEXT, List.of(new Cause.UserIdCause()));
        demo.finished(demo.submit(Kind.ARCHIVE, "a1"));
        assertEquals(TEXT, staging.note().text());
        demo.project.renameTo("renamed");
        assertEquals(TEXT, staging.note().text());
        NoteService.write(staging, "after");
        jenkins.jenkins.reload();
        Staging again = (Staging) Jenkins.get().getItemByFullName("renamed/a1");
        assertEquals("after", again.note().text());
        assertFalse(Files.exists(jenkins.jenkins.getRootDir().toPath().resolve("jobs/demo")), "nothing is left behind");
    }

    @Test
    void openPagesAreTold(JenkinsRule jenkins) throws Exception {
        Staging staging = deployed(jenkins).staging("a1");
        ChangeJournal.Version before = ChangeJournal.get().current();
        NoteService.write(staging, TEXT);
        assertEquals(Set.of("demo/a1"), ChangeJournal.get().changedSince(before).orElseThrow());
        ChangeJournal.Version written = ChangeJournal.get().current();
        NoteService.write(staging, TEXT);
        assertEquals(Set.of(), ChangeJournal.get().changedSince(written).orElseThrow(), "nothing has changed");
    }

    @Test
    void whatCannotBeStoredIsRefused(JenkinsRule jenkins) throws Exception {
        Staging staging = deployed(jenkins).staging("a1");
        NoteService.write(staging, TEXT);
        Path place = staging.getRootDir().toPath();
        Path elsewhere = place.resolveSibling("elsewhere");
        Files.move(place, elsewhere);
        RefusalException refusal =
                assertThrows(RefusalException.class, () -> NoteService.write(staging, "something else"));
        assertTrue(refusal.getMessage().startsWith("Jenkins couldn’t save the change: "), refusal.getMessage());
        assertEquals(TEXT, staging.note().text());
        assertFalse(Files.exists(place), "no directory is made for a staging that is gone");
        Files.move(elsewhere, place);
    }

    @Test
    void jenkinsApiHasIt(JenkinsRule jenkins) throws Exception {
        Staging staging = deployed(jenkins).staging("a1");
        String url = staging.getUrl() + "api/json?tree=note[text,by,at]";
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            Page none = browser.goTo(url, "application/json");
            assertTrue(none.getWebResponse().getContentAsString().contains("\"note\":null"));
            NoteService.write(staging, "<b>");
            String json = browser.goTo(url, "application/json").getWebResponse().getContentAsString();
            assertTrue(json.contains("\"text\":\"<b>\""), json);
            assertTrue(json.contains("\"at\":" + staging.note().at().toEpochMilli()), json);
        }
    }
}
