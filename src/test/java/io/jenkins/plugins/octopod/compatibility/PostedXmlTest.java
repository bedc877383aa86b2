package io.jenkins.plugins.octopod.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.View;
import io.jenkins.plugins.octopod.dashboard.StagingsView;
import io.jenkins.plugins.octopod.fixtures.Visitor;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.kubernetes.ClusterProperty;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectIcon;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The XML that users have exported by class names is still accepted where XML can be posted. */
@WithSharedJenkins
class PostedXmlTest {

    private static final String XML = "application/xml";
    private static final String PREFIX = "io.jenkins.plugins.octopod.";

    private static final String PROJECT = """
            <io.jenkins.plugins.octopod.project.OctopodProject plugin="octopod@1.0">
              <properties>
                <io.jenkins.plugins.octopod.kubernetes.ClusterProperty>
                  <server>https://kubernetes.invalid:6443</server>
                  <selector>app=${name}</selector>
                </io.jenkins.plugins.octopod.kubernetes.ClusterProperty>
              </properties>
              <folderViews class="com.cloudbees.hudson.plugins.folder.views.DefaultFolderViewHolder">
                <views>
                  <io.jenkins.plugins.octopod.dashboard.StagingsView>
                    <owner class="io.jenkins.plugins.octopod.project.OctopodProject" reference="../../../.."/>
                    <name>Stagings</name>
                  </io.jenkins.plugins.octopod.dashboard.StagingsView>
                </views>
                <tabBar class="hudson.views.DefaultViewsTabBar"/>
              </folderViews>
              <healthMetrics/>
              <icon class="io.jenkins.plugins.octopod.project.ProjectIcon"/>
              <namespace>posted</namespace>
              <tagKey>app.version</tagKey>
            </io.jenkins.plugins.octopod.project.OctopodProject>
            """;

    private static final String VIEW = """
            <io.jenkins.plugins.octopod.dashboard.StagingsView plugin="octopod@1.0">
              <name>posted</name>
              <description>%s</description>
              <properties class="hudson.model.View$PropertyList"/>
            </io.jenkins.plugins.octopod.dashboard.StagingsView>
            """;

    @Test
    void makesAndChangesProjects(JenkinsRule jenkins) throws Exception {
        Visitor visitor = Visitor.anonymous(jenkins);
        assertOk(visitor.post("createItem?name=shop", XML, PROJECT));
        OctopodProject project = jenkins.jenkins.getItemByFullName("shop", OctopodProject.class);
        assertIsAsPosted(project, "app.version");

        assertOk(visitor.post("job/shop/config.xml", XML, PROJECT.replace("app.version", "image.tag")));
        assertIsAsPosted(project, "image.tag");
        project.save();
        String written = project.getConfigFile().asString();
        assertTrue(!written.contains(PREFIX), written);

        assertOk(visitor.post("createItem?name=copy", XML, written));
        assertIsAsPosted(jenkins.jenkins.getItemByFullName("copy", OctopodProject.class), "image.tag");
    }

    private static void assertIsAsPosted(OctopodProject project, String tagKey) {
        assertNotNull(project);
        assertEquals(tagKey, project.getTagKey());
        assertEquals("posted", project.getNamespace());
        assertEquals(ProjectIcon.class, project.getIcon().getClass());
        assertEquals(
                "https://kubernetes.invalid:6443", ClusterProperty.of(project).getServer());
        View view = project.getPrimaryView();
        assertEquals(StagingsView.class, view.getClass());
        assertEquals(project, view.getOwner());
    }

    @Test
    void makesAndChangesViews(JenkinsRule jenkins) throws Exception {
        Visitor visitor = Visitor.anonymous(jenkins);
        Folder folder = jenkins.createProject(Folder.class, "team");
        for (String place : new String[] {"", folder.getUrl()}) {
            assertOk(visitor.post(place + "createView?name=posted", XML, VIEW.formatted("made")));
            assertOk(visitor.post(place + "view/posted/config.xml", XML, VIEW.formatted("changed")));
        }
        for (View view : new View[] {jenkins.jenkins.getView("posted"), folder.getView("posted")}) {
            assertEquals(StagingsView.class, view.getClass());
            assertEquals("changed", view.getDescription());
            // Core exports a view by an instance of XStream that knows no names but those of classes.
            ByteArrayOutputStream exported = new ByteArrayOutputStream();
            view.writeXml(exported);
            assertTrue(
                    exported.toString(StandardCharsets.UTF_8).contains('<' + StagingsView.class.getName()),
                    exported.toString(StandardCharsets.UTF_8));
        }
        assertTrue(!folder.getConfigFile().asString().contains(PREFIX));
    }

    private static void assertOk(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() < 400, answer.statusCode() + " " + answer.body());
    }
}
