package io.jenkins.plugins.octopod.dashboard.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.dashboard.page.TimelineEntry;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingPermissions;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.request.NoteService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What differs between two stagings, or between a staging and the defaults. */
@WithSharedJenkins
class ComparePageTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private TestProject project;
    private Staging left;

    @BeforeEach
    void deploy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.DEPLOYMENT_CONFIG, "echo image.tag,v1; echo replicas,1")
                .with(ControlScript.APPLICATION_CONFIG, "echo COLOR,orange; echo GREETING,Hello")
                .with(ControlScript.INFO, "echo site,https://example.com/");
        project = TestProject.withScripts(rule, scripts.path());
        project.connectAgent("agent");
        left = project.finished(project.submit(Kind.CREATE, "a1", "COLOR=teal", "-GREETING"))
                .getParent();
        project.finished(project.submit(Kind.CREATE, "b1", "TEAM=<b>search</b>"));
    }

    private Comparison compareWith(String other) throws Exception {
        return TestProject.await("the defaults", () -> {
            Comparison comparison = new CompareAction(left).compareWith(other);
            return comparison.getProblems().isEmpty() ? comparison : null;
        });
    }

    private static ComparedLine line(String key, ComparedValue left, ComparedValue right) {
        return new ComparedLine(key, left, right);
    }

    private static ComparedValue set(String value) {
        return ComparedValue.set(value);
    }

    private static ComparedValue byDefault(String value) {
        return new ComparedValue(ComparedValue.Kind.DEFAULT, value);
    }

    private static List<ComparedLine> different(Comparison comparison, int section) {
        return comparison.getSections().get(section).getDifferent();
    }

    @Test
    void theValuesOfBothStagingsAreCompared() throws Exception {
        Comparison comparison = compareWith("b1");
        assertEquals(List.of(), different(comparison, 0));
        assertEquals(
                List.of("image.tag", "replicas"),
                comparison.getSections().get(0).getSame().stream()
                        .map(ComparedLine::key)
                        .toList());
        assertEquals(
                List.of(
                        line("COLOR", set("teal"), byDefault("orange")),
                        line("GREETING", new ComparedValue(ComparedValue.Kind.REMOVED, null), byDefault("Hello")),
                        line("TEAM", ComparedValue.NONE, set("<b>search</b>"))),
                different(comparison, 1));
        assertEquals(1, comparison.getSections().get(2).getSame().size());
    }

    @Test
    void aStagingIsComparedWithTheDefaults() throws Exception {
        for (String defaults : new String[] {null, ""}) {
            Comparison comparison = compareWith(defaults);
            assertEquals(
                    List.of(
                            line("COLOR", set("teal"), byDefault("orange")),
                            line("GREETING", new ComparedValue(ComparedValue.Kind.REMOVED, null), byDefault("Hello"))),
                    different(comparison, 1));
            assertEquals(2, comparison.getSections().size(), "the defaults have no links");
        }
    }

    @Test
    void theFactsOfBothStagingsAreBesideEachOther() throws Exception {
        project.finished(project.submitTag(Kind.MERGE, "b1", "v<i>7</i>"));
        project.finished(project.submit(Kind.ARCHIVE, "b1"));
        NoteService.write(project.staging("b1"), "for <Anna>");
        ComparedSide right = compareWith("b1").getRight();
        assertEquals(set("v<i>7</i>"), right.getTag());
        assertEquals(
                List.of("Archive #3", "Update #2", "Create #1"),
                right.getActions().stream().map(TimelineEntry::getAction).toList());
        assertEquals(byDefault("v1"), compareWith(null).getSides().get(0).getTag());
        assertEquals(List.of("b1"), new CompareAction(left).getArchivedOthers());
        assertEquals(List.of(), new CompareAction(left).getOthers());

        String page = Visitor.anonymous(jenkins)
                .get(left.getUrl() + "compare/?with=b1")
                .body();
        assertTrue(page.contains("for &lt;Anna>"), page);
        assertTrue(page.contains("v&lt;i>7"), page);
        assertTrue(page.contains("Archived"), page);
        assertTrue(page.contains(project.staging("b1").getUrl() + "3/"), page);
        assertFalse(page.contains("<i>7"), page);
    }

    @Test
    void unknownStagingsAreNotFound() throws Exception {
        project.jenkins.jenkins.createProject(OctopodProject.class, "other");
        for (String name : List.of("c1", "a1", "other/a1", "../a1", "B1", "%20", "%3Cimg%20src=x%3E", "%00")) {
            HttpResponse<String> response = Visitor.anonymous(jenkins).get(left.getUrl() + "compare/?with=" + name);
            assertEquals(404, response.statusCode(), name);
            assertTrue(response.body().contains("The project has no other staging"), response.body());
            assertFalse(response.body().contains("<img src=x"), response.body());
        }
    }

    @Test
    void nothingIsCalledEqualThatIsUnknown() throws Exception {
        new ScriptDirectory(directory.resolve("scripts"))
                .with(ControlScript.APPLICATION_CONFIG, "echo 'no such chart' >&2; exit 1");
        DefaultsService.get().reload(project.project, Overrides.NONE);
        Comparison comparison = TestProject.await("the failure", () -> {
            Comparison now = new CompareAction(left).compareWith("b1");
            boolean loading =
                    now.getProblems().isEmpty() || now.getProblems().get(0).contains("in a moment");
            return loading ? null : now;
        });
        assertEquals(1, comparison.getProblems().size(), "each problem once");
        assertTrue(comparison.getProblems().get(0).contains("Default values"), comparison::toString);
    }

    @Test
    void aStagingWithUnknownDefaultsHasUnknownValues() throws Exception {
        TestUsers.of(jenkins).with("reader", Jenkins.READ, Item.READ);
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            Comparison comparison = new CompareAction(left).compareWith("b1");
            assertEquals(
                    List.of(
                            line("COLOR", set("teal"), ComparedValue.UNKNOWN),
                            line(
                                    "GREETING",
                                    new ComparedValue(ComparedValue.Kind.REMOVED, null),
                                    ComparedValue.UNKNOWN),
                            line("TEAM", ComparedValue.UNKNOWN, set("<b>search</b>"))),
                    different(comparison, 1));
            assertEquals(ComparedValue.UNKNOWN, comparison.getRight().getTag());
        }
    }

    @Test
    void thePageSaysWhoseDefaultsAreHidden() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("tester")
                .grant(StagingPermissions.LOG)
                .onItems(left)
                .to("tester"));
        try (ACLContext ignored = ACL.as2(User.getById("tester", true).impersonate2())) {
            Comparison comparison = TestProject.await("the defaults", () -> {
                Comparison now = new CompareAction(left).compareWith("b1");
                return now.getProblems().size() == 1 ? now : null;
            });
            assertEquals(
                    List.of(
                            "You can’t see the default values of “b1”, because you have no permission to read the output"
                                    + " of its scripts."),
                    comparison.getProblems());
            assertEquals(
                    line("COLOR", set("teal"), ComparedValue.UNKNOWN),
                    different(comparison, 1).get(0));
            assertEquals(byDefault("v1"), comparison.getSides().get(0).getTag());
            assertEquals(ComparedValue.UNKNOWN, comparison.getRight().getTag());
        }
    }

    @Test
    void noRunIsReadFromDisk() throws Exception {
        jenkins.jenkins.reload();
        TestProject reloaded = TestProject.again(jenkins);
        reloaded.staging("a1").getLazyBuildMixIn().getRunMap().purgeCache();
        reloaded.staging("b1").getLazyBuildMixIn().getRunMap().purgeCache();
        Comparison comparison = new CompareAction(reloaded.staging("a1")).compareWith("b1");
        for (ComparedSide side : comparison.getSides()) {
            assertEquals("Running", side.getSummary().getStatus().getWord());
            assertEquals(1, side.getActions().size());
            assertEquals(
                    side.getSummary().getStaging().getUrl() + "1/",
                    side.getActions().get(0).getRunUrl());
            side.getTag();
        }
        assertFalse(comparison.isNoted());
        assertEquals(3, comparison.getSections().size());
        for (String name : List.of("a1", "b1")) {
            assertEquals(
                    Map.of(),
                    reloaded.staging(name).getLazyBuildMixIn().getRunMap().getLoadedBuilds(),
                    name);
        }
    }

    @Test
    void onlyVisibleStagingsAreCompared() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(project.project, left)
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(List.of(), new CompareAction(left).getOthers());
            assertEquals(null, new CompareAction(left).compareWith("b1"));
        }
        String page = Visitor.loggedIn(jenkins, "reader")
                .get(left.getUrl() + "compare/?with=b1")
                .body();
        assertTrue(page.contains("The project has no other staging “b1”"), page);
        assertFalse(page.contains("TEAM"), page);
    }

    @Test
    void defaultsAreForThoseWhoCanReadTheLog() throws Exception {
        compareWith("b1");
        TestUsers.of(jenkins)
                .with("reader", Jenkins.READ, Item.READ)
                .with("developer", Jenkins.READ, Item.READ, StagingPermissions.LOG);
        String url = left.getUrl() + "compare/?with=b1";
        String reader = Visitor.loggedIn(jenkins, "reader").get(url).body();
        assertTrue(reader.contains("You can’t see default values, because"), reader);
        assertFalse(reader.contains("orange"), reader);
        Visitor developer = Visitor.loggedIn(jenkins, "developer");
        String page = TestProject.await("the defaults", () -> {
            String now = developer.get(url).body();
            return now.contains("orange") ? now : null;
        });
        assertTrue(page.contains("&lt;b>search"), page);
        assertFalse(page.contains("<b>search"), page);
    }
}
