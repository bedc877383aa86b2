package io.jenkins.plugins.octopod.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.access.AccessDeniedException;

/** The project as an item: made under “New Item”, configured, and closed to what isn’t a staging. */
@WithSharedJenkins
class OctopodProjectTest {

    @TempDir
    private Path directory;

    @Test
    void newItemOffersItAndTheFormKeepsWhatIsTyped(JenkinsRule jenkins) throws Exception {
        TestProject.installTool(jenkins, directory);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        OctopodProject created = (OctopodProject) jenkins.jenkins.createProject(
                (TopLevelItemDescriptor) Items.all().findByName(OctopodProject.class.getName()), "cactus", true);
        assertEquals("cactus", created.getProjectName());
        assertEquals("cactus", created.getNamespace());
        assertEquals(1800, created.getScriptTimeout());
        assertEquals(300, created.getStatusTimeout());
        assertEquals(16, created.getMaxNameLength());
        assertEquals(15, created.getChecks().getInterval());
        assertEquals(30, created.getChecks().getTimeout());
        assertEquals(32, created.getChecks().getParallelism());
        assertEquals(1, created.getChecks().getFailuresInRow());

        HtmlForm form = browser.getPage(created, "configure").getFormByName("config");
        form.getInputByName("_.projectName").setValue("Cactus store");
        form.getInputByName("_.baseDomain").setValue("cactus.example.com");
        form.getInputByName("_.namespace").setValue("cactus-ns");
        form.getSelectByName("_.controlScripts").setSelectedAttribute("demo", true);
        form.getInputByName("_.agentLabel").setValue("linux");
        form.getInputByName("_.scriptTimeout").setValue("60");
        form.getInputByName("_.statusTimeout").setValue("61");
        form.getInputByName("_.maxNameLength").setValue("40");
        form.getInputByName("_.interval").setValue("20");
        form.getInputByName("_.timeout").setValue("21");
        form.getInputByName("_.parallelism").setValue("22");
        form.getInputByName("_.failuresInRow").setValue("3");
        ((HtmlCheckBoxInput) form.getInputByName("_.keepAgent")).setChecked(true);
        jenkins.submit(form);

        OctopodProject reloaded = (OctopodProject) Items.load(jenkins.jenkins, created.getRootDir());
        for (OctopodProject project : List.of(created, reloaded)) {
            assertEquals("Cactus store", project.getProjectName());
            assertEquals("cactus.example.com", project.getBaseDomain());
            assertEquals("cactus-ns", project.getNamespace());
            assertEquals("demo", project.getControlScripts());
            assertEquals("linux", project.getAgentLabel());
            assertEquals(60, project.getScriptTimeout());
            assertEquals(61, project.getStatusTimeout());
            assertEquals(40, project.getMaxNameLength());
            assertEquals(20, project.getChecks().getInterval());
            assertEquals(21, project.getChecks().getTimeout());
            assertEquals(22, project.getChecks().getParallelism());
            assertEquals(3, project.getChecks().getFailuresInRow());
            assertTrue(project.getChecks().isKeepAgent());
        }
        String before = created.getConfigFile().asString();
        jenkins.submit(browser.getPage(created, "configure").getFormByName("config"));
        assertEquals(
                before,
                created.getConfigFile().asString().replace("  <actions/>\n", ""),
                "saving the form without a change changes nothing");
    }

    @Test
    void badSettingsAreRefused(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        String before = project.getConfigFile().asString();
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String[] bad : new String[][] {
            {"_.projectName", " "},
            {"_.baseDomain", "https://example.com"},
            {"_.namespace", "No_Namespace"},
            {"_.scriptTimeout", "0"},
            {"_.statusTimeout", "soon"},
            {"_.maxNameLength", "5"},
            {"_.interval", "4"},
            {"_.timeout", "0"},
            {"_.parallelism", "many"},
            {"_.failuresInRow", "0"}
        }) {
            HtmlForm form = browser.getPage(project, "configure").getFormByName("config");
            form.getInputByName(bad[0]).setValue(bad[1]);
            HtmlPage answer = jenkins.submit(form);
            assertTrue(answer.getWebResponse().getStatusCode() >= 400, bad[0]);
            assertTrue(answer.asNormalizedText().contains(bad[0].substring(2)), answer.asNormalizedText());
            assertEquals(before, project.getConfigFile().asString(), bad[0]);
        }
        assertEquals(FormValidation.Kind.ERROR, project.getDescriptor().doCheckControlScripts(project, "unknown").kind);
        assertEquals(FormValidation.Kind.OK, project.getDescriptor().doCheckControlScripts(project, "demo").kind);
    }

    @Test
    void configXmlCannotMakeNamesTooShort(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        jenkins.jenkins.setCrumbIssuer(null);
        String before = project.getConfigFile().asString();
        for (int[] limit : new int[][] {{3, 10}, {-5, 16}, {1000, 53}, {20, 20}}) {
            WebRequest post =
                    new WebRequest(new URL(jenkins.getURL(), project.getUrl() + "config.xml"), HttpMethod.POST);
            post.setRequestBody(before.replace(
                    "<maxNameLength>16</maxNameLength>", "<maxNameLength>" + limit[0] + "</maxNameLength>"));
            post.setAdditionalHeader("Content-Type", "application/xml");
            jenkins.createWebClient().getPage(post);
            assertEquals(limit[1], project.getMaxNameLength());
        }
        project.setMaxNameLength(3);
        assertEquals(10, project.getMaxNameLength());
    }

    @Test
    void oldConfigXmlHasOrdinaryChecks(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        String xml = project.getConfigFile().asString();
        Path file = project.getConfigFile().getFile().toPath();
        Files.writeString(file, xml.replaceAll("(?s)\\s*<checks>.*</checks>", ""));
        assertEquals(15, load(jenkins, project).getChecks().getInterval());
        Files.writeString(file, xml.replaceAll("(?s)<checks>.*</checks>", "<checks><interval>1</interval></checks>"));
        CheckSettings checks = load(jenkins, project).getChecks();
        assertEquals(5, checks.getInterval());
        assertEquals(30, checks.getTimeout());
        assertEquals(32, checks.getParallelism());
        assertEquals(1, checks.getFailuresInRow());
    }

    private static OctopodProject load(JenkinsRule jenkins, OctopodProject project) throws IOException {
        return (OctopodProject) Items.load(jenkins.jenkins, project.getRootDir());
    }

    @Test
    void labelsAreForThoseWhoConfigure(JenkinsRule jenkins) throws Exception {
        OctopodProject project = TestProject.withScripts(jenkins, directory).project;
        jenkins.createSlave("labelled", TestProject.LABEL, null);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "owner")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("owner"));
        String inProject =
                project.getUrl() + project.getDescriptor().getDescriptorUrl() + "/autoCompleteAgentLabel?value=sta";
        assertTrue(answer(jenkins, "owner", inProject).contains("\"staging\""), answer(jenkins, "owner", inProject));
        assertFalse(answer(jenkins, "reader", inProject).contains("staging"));
        String outside = project.getDescriptor().getDescriptorUrl() + "/autoCompleteAgentLabel?value=sta";
        assertFalse(answer(jenkins, "owner", outside).contains("staging"));
    }

    private static String answer(JenkinsRule jenkins, String user, String url) throws Exception {
        return jenkins.createWebClient()
                .login(user)
                .goTo(url, null)
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void toolRoundTrips(JenkinsRule jenkins) throws Exception {
        TestProject.installTool(jenkins, directory);
        jenkins.submit(jenkins.createWebClient().goTo("manage/configureTools/").getFormByName("config"));
        ControlScripts[] tools = jenkins.jenkins
                .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                .getInstallations();
        assertEquals(1, tools.length);
        assertEquals("demo", tools[0].getName());
        assertEquals(directory.toString(), tools[0].getHome());
    }

    @Test
    void holdsNothingButStagings(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        jenkins.createFreeStyleProject("free");

        assertTrue(new CLICommandInvoker(jenkins, "copy-job")
                        .invokeWithArgs("free", "demo/free")
                        .returnCode()
                != 0);
        assertTrue(new CLICommandInvoker(jenkins, "create-job")
                        .withStdin(new ByteArrayInputStream("<project/>".getBytes(StandardCharsets.UTF_8)))
                        .invokeWithArgs("demo/free")
                        .returnCode()
                != 0);
        assertTrue(new CLICommandInvoker(jenkins, "copy-job")
                        .invokeWithArgs("demo/a1", "a2")
                        .returnCode()
                != 0);
        assertTrue(new CLICommandInvoker(jenkins, "create-job")
                        .withStdin(new ByteArrayInputStream(
                                demo.staging("a1").getConfigFile().asString().getBytes(StandardCharsets.UTF_8)))
                        .invokeWithArgs("a2")
                        .returnCode()
                != 0);
        assertNull(jenkins.jenkins.getItem("a2"));
        assertThrows(
                IllegalArgumentException.class,
                () -> demo.project.addChild((hudson.model.TopLevelItem) jenkins.jenkins.getItem("free")));
        assertEquals(1, demo.project.getItems().size());
        assertFalse(
                Items.all2(Jenkins.ANONYMOUS2, jenkins.jenkins).stream().anyMatch(type -> type.clazz == Staging.class));
    }

    @Test
    void stagingsCannotBeChangedPastTheRules(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1", "A=1"));
        Staging staging = demo.staging("a1");
        String before = staging.getConfigFile().asString();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("admin");

        WebRequest post = new WebRequest(new URL(jenkins.getURL(), staging.getUrl() + "config.xml"), HttpMethod.POST);
        post.setRequestBody(before.replace(">1<", ">2<"));
        post.setAdditionalHeader("Content-Type", "application/xml");
        jenkins.jenkins.setCrumbIssuer(null);
        assertRefused(400, () -> browser.getPage(post));
        WebRequest submit =
                new WebRequest(new URL(jenkins.getURL(), staging.getUrl() + "configSubmit"), HttpMethod.POST);
        submit.setRequestBody("json=" + "{}");
        assertRefused(403, () -> browser.getPage(submit));
        assertTrue(new CLICommandInvoker(jenkins, "update-job")
                        .withStdin(new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)))
                        .invokeWithArgs("demo/a1")
                        .returnCode()
                != 0);
        assertThrows(IOException.class, () -> staging.renameTo("b1"));
        assertEquals(before, staging.getConfigFile().asString());
        assertEquals("a1", staging.getName());
        assertNotNull(demo.staging("a1"));
        assertEquals(Status.Running, staging.getStatus());
    }

    @Test
    void renamingTheProjectKeepsWhatScriptsAreTold(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        demo.connectAgent("agent");
        demo.finished(demo.submit(Kind.CREATE, "a1"));
        demo.project.renameTo("renamed");
        assertEquals("demo", demo.project.identity().projectName());
        jenkins.assertLogContains(
                "--project-name demo --base-domain staging.example.com --namespace demo --name a1",
                demo.finished(demo.submit(Kind.UPDATE, "a1")));
        assertEquals("renamed/a1", demo.staging("a1").getFullName());
    }

    private static void assertRefused(int status, org.junit.jupiter.api.function.Executable request) {
        FailingHttpStatusCodeException refusal = assertThrows(FailingHttpStatusCodeException.class, request);
        assertEquals(status, refusal.getStatusCode(), refusal.getResponse().getContentAsString());
    }

    /** Core and the command update-job rely on the project to ask for the permission before it reads what was posted. */
    @Test
    void nothingIsReadOfWhatMayNotBePosted(JenkinsRule jenkins) throws Exception {
        OctopodProject project = jenkins.createProject(OctopodProject.class, "demo");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext ignored = ACL.as2(User.getById("reader", true).impersonate2())) {
            StreamSource posted = new StreamSource(new StringReader("<this is no XML"));
            assertThrows(AccessDeniedException.class, () -> project.updateByXml(posted));
        }
    }
}
