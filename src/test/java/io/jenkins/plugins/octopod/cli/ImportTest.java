package io.jenkins.plugins.octopod.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.OriginalForm;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Stagings move in as they are; nothing is run, and what can’t move in is said. */
@WithSharedJenkins
class ImportTest {

    private static final Instant CREATED = Instant.parse(OriginalForm.CREATED);
    private static final Instant UPDATED = Instant.parse(OriginalForm.UPDATED);

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private SweptProject swept;
    private TestProject demo;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        swept = SweptProject.create(rule, directory.resolve("scripts"));
        demo = swept.demo;
        demo.connectAgent("agent");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.DELETE)
                .everywhere()
                .to("mover")
                .grant(Jenkins.READ, Item.READ, Item.CREATE)
                .everywhere()
                .to("creator")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone());
    }

    @Test
    void saysFirstAndDoesNothing() throws Exception {
        swept.create("taken");
        byte[] list = difficult();
        CLICommandInvoker.Result dry = run(list, "-p", "demo", "--dry-run");
        assertEquals(16, dry.returnCode(), dry.toString());
        String told = dry.stdout().replaceAll(" +", " ");
        for (String part : new String[] {
            "│ Name │ Status │ Import │",
            "│ fits │ Running │ yes │",
            "│ taken │ Archived │ There is a staging “taken” in project “demo” already. │",
            "│ ends-in- │ Running │ The name “ends-in-” can’t be used",
            "│ much-too-long-by-far │ Running │ The name “much-too-long-by-far” is too long",
            "│ twice │ Running │ The list contains this name twice",
            "│ twice │ Archived │ The list contains this name twice",
            "│ number 7 in the list │ - │ Its name is missing",
            "\nOne staging would be imported. Nothing was done.\n"
        }) {
            assertTrue(told.contains(part), part + " in\n" + told);
        }
        assertTrue(dry.stderr().contains("ERROR: 6 stagings of the list can’t be imported"), dry.stderr());
        assertEquals(List.of("taken"), jobs());

        CLICommandInvoker.Result real = run(list, "-p", "demo");
        assertEquals(16, real.returnCode(), real.toString());
        assertTrue(
                real.stdout().startsWith(dry.stdout().substring(0, dry.stdout().indexOf("One staging"))), "told first");
        assertTrue(real.stdout().endsWith("One staging was imported.\n"), real.stdout());
        assertEquals(List.of("fits", "taken"), jobs());

        CLICommandInvoker.Result again =
                run(new OriginalForm().with("fits", "Running").bytes(), "-p", "demo", "--json");
        assertEquals(16, again.returnCode(), again.toString());
        assertEquals(
                "{\"name\":\"fits\",\"status\":\"Running\",\"url\":null,"
                        + "\"problem\":\"There is a staging “fits” in project “demo” already.\"}",
                json(again).path("stagings").get(0).toString());
        assertEquals(1, demo.staging("taken").getLastBuild().getNumber(), "what is there stays as it is");
    }

    private static byte[] difficult() {
        return new OriginalForm()
                .with("fits", "Running")
                .with("taken", "Archived")
                .with("ends-in-", "Running")
                .with("much-too-long-by-far", "Running")
                .with("twice", "Running")
                .with("twice", "Archived")
                .withNonsense()
                .bytes();
    }

    @Test
    void asItWas() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        CLICommandInvoker.Result imported = run(everyStatus(), "-p", "demo", "--json");
        assertEquals(0, imported.returnCode(), imported.toString());
        JsonNode form = json(imported);
        assertEquals("demo", form.path("project").asText());
        assertFalse(form.path("dryRun").asBoolean(true));
        assertEquals(7, form.path("stagings").size());
        assertEquals(
                jenkins.getURL() + "job/demo/job/running/",
                form.path("stagings").get(0).path("url").asText());
        for (Status status : new Status[] {Status.Running, Status.TagMismatch, Status.Archived, Status.CleanupFailed}) {
            assertKept(demo.staging(nameOf(status)), status, before);
            // Also after a restart.
            Staging stored = (Staging)
                    Items.load(demo.project, demo.staging(nameOf(status)).getRootDir());
            assertKept(stored, status, before);
        }
        assertEquals(
                List.of(new StagingLink("app", "https://running.example.com")),
                demo.staging("running").getLinks());
        assertEquals(List.of(), demo.staging("archived").getLinks());
        assertEquals(0, demo.queue().length);
        for (String name : jobs()) {
            assertNull(demo.staging(name).getLastBuild(), name);
            assertFalse(demo.staging(name).isBusy(), name);
        }
        assertEquals(List.of(), swept.asked(ControlScript.CHECK, "running"));
        String page =
                Visitor.loggedIn(jenkins, "mover").get("job/demo/job/running/").body();
        assertTrue(page.contains("<dt>Imported</dt>") && page.contains("by mover"), page);
        JsonNode exported = new ObjectMapper()
                .readTree(Visitor.loggedIn(jenkins, "mover")
                        .get("job/demo/job/running/api/json")
                        .body());
        assertEquals("mover", exported.path("importedBy").asText());
        assertEquals(CREATED.toEpochMilli(), exported.path("created").asLong());
    }

    private void assertKept(Staging staging, Status status, Instant before) {
        assertEquals(status, staging.getStatus());
        assertEquals(UPDATED, staging.observedState().since());
        assertEquals(CREATED, staging.createdAt());
        assertEquals(UPDATED, staging.changedAt());
        assertNull(staging.getCreatedBy(), "the original doesn’t say");
        assertNull(staging.getChangedBy());
        assertEquals("mover", staging.imported().by());
        assertTrue(staging.imported().at().isAfter(before));
        assertEquals(staging.imported().at(), staging.renewedAt());
        assertEquals("-DEBUG", staging.getApplicationOverrides().toString());
        assertEquals("image.tag=v1", staging.getDeploymentOverrides().toString());
    }

    /** What was going on there is over here, and what wasn’t true any more is found out. */
    @Test
    void checksTell() throws Exception {
        assertEquals(0, run(everyStatus(), "-p", "demo").returnCode());
        swept.tell(ControlScript.CHECK, "failing", "exit 3");
        swept.tell(ControlScript.CHECK, "updating", "echo nobody is there; exit 1");
        swept.clock.catchUp();
        swept.sweepUntil(
                "all of them to be settled",
                () -> status("creating") == Status.Running
                        && status("updating") == Status.GenericFailure
                        && status("archiving") == Status.Archived
                        && demo.staging("failing").observedState().reason() != null);
        assertEquals(Status.Running, status("running"));
        assertEquals(Status.TagMismatch, status("failing"));
        assertEquals(Status.Archived, status("archived"));
        assertEquals(Status.CleanupFailed, status("uncleaned"));
        assertTrue(demo.staging("updating").observedState().reason().contains("nobody is there"));
        assertEquals(UPDATED, demo.staging("failing").observedState().since(), "it is as it was");
        assertEquals(List.of(), swept.asked(ControlScript.CHECK, "archived"));
        assertNull(demo.staging("creating").getLastBuild());
    }

    /** Nobody’s data are removed because of how long they lay about elsewhere. */
    @Test
    void lifetimeBeginsWithTheImport() throws Exception {
        demo.project.getLifetime().setExpiryDays(5);
        assertEquals(0, run(everyStatus(), "-p", "demo").returnCode());
        Staging archived = demo.staging("archived");
        assertEquals(archived.imported().at().plus(Duration.ofDays(14)), archived.cleanedUpAt());
        Staging running = demo.staging("running");
        assertEquals(running.imported().at().plus(Duration.ofDays(5)), running.expiresAt());
        Staging uncleaned = demo.staging("uncleaned");
        assertEquals(uncleaned.imported().at().plus(Duration.ofDays(14)), uncleaned.cleanedUpAt());
        assertNull(LifetimeService.nextAttempt(uncleaned));
    }

    /** Jenkins would clean up as itself a release that this user may not clean up, and never deployed. */
    @Test
    void whatJenkinsWouldCleanUpNeedsThePermissionToCleanUp() throws Exception {
        CLICommandInvoker.Result imported = runAs("creator", everyStatus(), "-p", "demo", "--json");
        assertEquals(16, imported.returnCode(), imported.toString());
        assertEquals(List.of("creating", "failing", "running", "updating"), jobs());
        assertTrue(
                imported.stdout()
                        .contains(
                                "The staging “uncleaned” is in the archive, and Jenkins cleans up such stagings later:"
                                        + " you need the permission Job/Delete in project “demo” to import it."),
                imported.toString());
        assertEquals(0, demo.queue().length);
    }

    /** What our own API says is what the original says, so it moves from project to project without a difference. */
    @Test
    void fromTheApi() throws Exception {
        OctopodProject other = jenkins.createProject(OctopodProject.class, "other");
        assertEquals(0, run(everyStatus(), "-p", "demo").returnCode());
        String list = deployments("demo");
        CLICommandInvoker.Result imported = run(list.getBytes(StandardCharsets.UTF_8), "-p", "other");
        assertEquals(0, imported.returnCode(), imported.toString());
        assertTrue(imported.stdout().endsWith("7 stagings were imported.\n"), imported.stdout());
        assertEquals(new ObjectMapper().readTree(list), new ObjectMapper().readTree(deployments("other")));
        assertEquals(
                Overrides.parse("image.tag=v1"),
                other.getItem("running") instanceof Staging staging ? staging.getDeploymentOverrides() : null);
    }

    private String deployments(String project) throws Exception {
        return Visitor.loggedIn(jenkins, "mover")
                .get("job/" + project + "/octopod/api/v1/deployments")
                .body();
    }

    /** There are as many as there are: who moves in mustn’t lose sight of one. */
    @Test
    void limitsDontCount() throws Exception {
        demo.project.getLimits().setRunningStagings(1);
        demo.project.getLimits().setRunningStagingsPerUser(1);
        assertEquals(0, run(everyStatus(), "-p", "demo").returnCode());
        assertEquals(7, jobs().size());
    }

    @Test
    void whileJenkinsStops() throws Exception {
        jenkins.jenkins.doQuietDown(false, 0, null, false);
        CLICommandInvoker.Result refused = run(everyStatus(), "-p", "demo");
        assertEquals(4, refused.returnCode(), refused.toString());
        assertEquals("", refused.stdout());
        assertEquals(List.of(), jobs());
    }

    @Test
    void nothing() throws Exception {
        CLICommandInvoker.Result none = run("[]".getBytes(StandardCharsets.UTF_8), "-p", "demo");
        assertEquals(0, none.returnCode(), none.toString());
        assertEquals("No staging was imported.\n", none.stdout());
        CLICommandInvoker.Result malformed = run("<html>".getBytes(StandardCharsets.UTF_8), "-p", "demo");
        assertEquals(3, malformed.returnCode(), malformed.toString());
        assertTrue(malformed.stderr().contains("This isn’t JSON: line 1"), malformed.stderr());
    }

    /** All that are asked for have names of their own here. */
    private static byte[] everyStatus() {
        return new OriginalForm()
                .with("running", "Running")
                .with("failing", "Failure:TagMismatch")
                .with("archived", "Archived")
                .with("uncleaned", "CleanupFailed")
                .with("creating", "CreatePending")
                .with("updating", "UpdatePending")
                .with("archiving", "ArchivePending")
                .bytes();
    }

    private static String nameOf(Status status) {
        return switch (status) {
            case Running -> "running";
            case TagMismatch -> "failing";
            case Archived -> "archived";
            case CleanupFailed -> "uncleaned";
            default -> throw new IllegalArgumentException(status.name());
        };
    }

    private Status status(String name) {
        return demo.staging(name).getStatus();
    }

    private List<String> jobs() {
        return TestProject.files(demo.project.getRootDir().toPath().resolve("jobs"));
    }

    private CLICommandInvoker.Result run(byte[] stdin, String... arguments) {
        return runAs("mover", stdin, arguments);
    }

    private CLICommandInvoker.Result runAs(String user, byte[] stdin, String... arguments) {
        CLICommand command = CLICommand.clone("octopod-import");
        command.setClientCharset(StandardCharsets.UTF_8);
        return new CLICommandInvoker(jenkins, command)
                .asUser(user)
                .withStdin(new ByteArrayInputStream(stdin))
                .invokeWithArgs(arguments);
    }

    private static JsonNode json(CLICommandInvoker.Result result) throws Exception {
        return new ObjectMapper().readTree(result.stdout());
    }
}
