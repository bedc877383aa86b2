package io.jenkins.plugins.octopod.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.TestUsers;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;

/** The columns that users hide. */
@WithSharedJenkins
class TablePreferencesTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void secure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TestProject.withScripts(rule, directory);
        TestUsers.of(rule)
                .with("alice", Jenkins.READ, Item.READ)
                .with("bob", Jenkins.READ, Item.READ)
                .with("anonymous", Jenkins.READ, Item.READ);
    }

    private static int hide(Visitor visitor, String columns) throws Exception {
        return visitor.post("job/demo/board/columns", Visitor.JSON, "{\"hidden\":" + columns + "}")
                .statusCode();
    }

    private static void assertHidden(String columns, Visitor visitor, String page) throws Exception {
        HttpResponse<String> response = visitor.get(page);
        assertTrue(response.body().contains("data-hidden-columns=\"" + columns + "\""), response.body());
    }

    @Test
    void eachUserHidesColumnsOfAllTables() throws Exception {
        Visitor alice = Visitor.loggedIn(jenkins, "alice");
        assertHidden("", alice, "job/demo/");
        assertEquals(204, hide(alice, "[\"expires\",\"links\",\"no such column\",\"links\",null]"));
        assertHidden("links expires", alice, "job/demo/");
        assertHidden("links expires", alice, "stagings/");
        assertHidden("", Visitor.loggedIn(jenkins, "bob"), "job/demo/");
        assertEquals(204, hide(alice, "[]"));
        assertHidden("", alice, "stagings/");
    }

    @Test
    void onlyUsersHaveAChoiceThatIsKept() throws Exception {
        Visitor anonymous = Visitor.anonymous(jenkins);
        HttpResponse<String> page = anonymous.get("job/demo/");
        assertTrue(page.body().contains("data-user=\"false\""), page.body());
        assertEquals(403, hide(anonymous, "[\"links\"]"));
    }

    @Test
    void nonsenseIsRefused() throws Exception {
        Visitor alice = Visitor.loggedIn(jenkins, "alice");
        assertEquals(400, hide(alice, "7"));
        assertEquals(204, hide(alice, "null"));
        assertEquals(413, hide(alice, "[\"" + "x".repeat(5000) + "\"]"));
    }

    @Test
    void theChoiceIsStoredAndKeptWhenOtherSettingsAreSaved() throws Exception {
        Visitor alice = Visitor.loggedIn(jenkins, "alice");
        assertEquals(204, hide(alice, "[\"tag\"]"));
        WebClient client = jenkins.createWebClient().login("alice");
        HtmlForm form = client.goTo("user/alice/account/").getFormByName("config");
        jenkins.submit(form);
        User.reload();
        assertEquals(List.of("tag"), TablePreferences.hiddenColumns(User.getById("alice", false)));
        assertHidden("tag", alice, "job/demo/");
    }
}
