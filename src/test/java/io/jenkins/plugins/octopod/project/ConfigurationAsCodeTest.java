package io.jenkins.plugins.octopod.project;

import static io.jenkins.plugins.casc.misc.Util.getToolRoot;
import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Items;
import hudson.tools.CommandInstaller;
import hudson.tools.InstallSourceProperty;
import hudson.tools.ZipExtractionInstaller;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.DocumentedProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Tool and projects in YAML, beside a project that was made by hand and has a running staging. */
@WithSharedJenkins
class ConfigurationAsCodeTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @Test
    void isExportedAndAppliedAgainWithoutADifference(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TestProject demo = TestProject.demo(jenkins, directory.resolve("demo"));
        jenkins.assertBuildStatusSuccess(demo.finished(demo.submit(Kind.CREATE, "orange-button")));
        Staging staging = demo.staging("orange-button");

        apply(DocumentedProject.example("yaml"));
        OctopodProject shop = project("shop");
        DocumentedProject.assertSettings(shop);
        assertTools();

        String exported = exported();
        assertTrue(exported.contains("name: \"demo\""), exported);
        Path file = shop.getConfigFile().getFile().toPath();
        String written = Files.readString(file);
        Files.setLastModifiedTime(file, LONG_AGO);
        apply(exported);
        apply(DocumentedProject.example("yaml"));
        applyTheOtherWayRound(shop);
        assertEquals(LONG_AGO, Files.getLastModifiedTime(file), "nothing is written where nothing is different");
        assertEquals(exported, exported());
        // It has no part in the page with the settings of Jenkins, and doesn’t break it.
        jenkins.submit(jenkins.createWebClient().goTo("configure").getFormByName("config"));
        assertEquals(exported, exported());

        shop.delete();
        demo.project.setBaseDomain("elsewhere.example.com");
        demo.project.setChecks(new CheckSettings());
        demo.project.save();
        tools().setInstallations();
        apply(exported);
        assertEquals(exported, exported());
        DocumentedProject.assertSettings(project("shop"));
        assertEquals(
                written,
                Files.readString(project("shop").getConfigFile().getFile().toPath()));
        assertEquals("staging.example.com", demo.project.getBaseDomain());
        assertTools();
        assertSame(staging, demo.staging("orange-button"));
        assertEquals(Status.Running, staging.getStatus());

        refusesWhatTheFormRefuses();
        refusesProperties(demo.project);
    }

    /** The form, for one, stores properties in another order. */
    private void applyTheOtherWayRound(OctopodProject project) throws Exception {
        ProjectDefinition definition = ProjectDefinition.of(project);
        var properties = definition.getProjectProperties();
        assertEquals(2, properties.size());
        Collections.reverse(properties);
        definition.setProjectProperties(properties);
        definition.apply(jenkins.jenkins);
    }

    private void refusesProperties(OctopodProject demo) {
        String before = Items.XSTREAM2.toXML(demo);
        assertRefusesProperty("folderLibraries: {libraries: []}", "is not allowed here");
        assertRefusesProperty("octopodCluster: {server: foo}", "server: “foo” isn’t the address");
        assertRefusesProperty("octopodCluster: {namespace: Bad_NS}", "namespace: “Bad_NS” can’t be a namespace");
        assertRefusesProperty("octopodCluster: {selector: 'A B'}", "selector: ");
        assertRefusesProperty("octopodCluster: {selector: '!app'}", "selector: “!app” would select objects");
        assertRefusesProperty(
                "octopodCluster: {health: OFF}",
                "credentialsId: Projects aren’t allowed to use the service account of Jenkins");
        assertNull(jenkins.jenkins.getItem("bad"), "refused before anything is made");
        assertEquals(before, Items.XSTREAM2.toXML(demo), "refused before anything is changed");
    }

    /** For a new project, and for one that is there. */
    private void assertRefusesProperty(String property, String why) {
        for (String name : List.of("bad", "demo")) {
            assertRefused(
                    "- {name: " + name + ", baseDomain: another.example.com, projectProperties: [{" + property + "}]}",
                    why);
        }
    }

    private void refusesWhatTheFormRefuses() {
        assertRefused("- {name: bad, namespace: Not One}", "can’t be a namespace");
        assertRefused("- {name: bad, scriptTimeout: 0}", "scriptTimeout");
        assertRefused("- {name: bad, sleep: {archiveAt: never}}", "archiveAt");
        assertRefused("- {name: nowhere/bad}", "nowhere");
        assertRefused("- {name: demo/bad}", "demo");
        assertNull(jenkins.jenkins.getItem("bad"), "refused before anything is made");
    }

    private void assertRefused(String project, String why) {
        String yaml = "unclassified:\n  octopodProjects:\n    projects:\n    " + project + "\n";
        Throwable refusal = assertThrows(ConfiguratorException.class, () -> apply(yaml));
        StringBuilder said = new StringBuilder();
        while (refusal != null) {
            said.append(refusal.getMessage()).append('\n');
            refusal = refusal.getCause();
        }
        assertTrue(said.toString().contains(why), said.toString());
    }

    private void assertTools() throws Exception {
        assertEquals(
                "/opt/shop-scripts",
                ControlScripts.find("shop-scripts").orElseThrow().getHome());
        InstallSourceProperty source = ControlScripts.find("fetched-scripts")
                .orElseThrow()
                .getProperties()
                .get(InstallSourceProperty.class);
        ZipExtractionInstaller zip = source.installers.get(ZipExtractionInstaller.class);
        assertEquals("https://scripts.example.com/control-scripts.zip", zip.getUrl());
        assertEquals("scripts", zip.getSubdir());
        assertEquals("staging", zip.getLabel());
        CommandInstaller command = source.installers.get(CommandInstaller.class);
        assertEquals("git clone https://scripts.example.com/control-scripts.git .", command.getCommand());
        assertEquals("linux", command.getLabel());
        assertEquals("scripts", command.getToolHome());
    }

    private OctopodProject project(String name) {
        OctopodProject project = jenkins.jenkins.getItemByFullName(name, OctopodProject.class);
        assertNotNull(project, name);
        return project;
    }

    private static ControlScripts.DescriptorImpl tools() {
        return ExtensionList.lookupSingleton(ControlScripts.DescriptorImpl.class);
    }

    private void apply(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    /** Ours alone: the agents, for one, would be made anew by what belongs to Jenkins itself. */
    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return "tool:\n  octopodControlScripts:\n"
                + toYamlString(getToolRoot(context).get("octopodControlScripts"))
                        .indent(4)
                + "unclassified:\n  octopodProjects:\n"
                + toYamlString(getUnclassifiedRoot(context).get("octopodProjects"))
                        .indent(4);
    }
}
