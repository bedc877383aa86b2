package io.jenkins.plugins.octopod.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.tools.CommandInstaller;
import hudson.tools.InstallSourceProperty;
import hudson.tools.ToolInstaller;
import hudson.tools.ZipExtractionInstaller;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.scripts.ControlScripts;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Control scripts that Jenkins’ own tool installers put on an agent. */
@WithSharedJenkins
class InstalledScriptsTest {

    @TempDir
    private Path directory;

    @Test
    void fromAnArchive(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path archive = directory.resolve("scripts.zip");
        zip(scripts, archive);
        deploys(jenkins, new ZipExtractionInstaller(null, archive.toUri().toString(), null));
    }

    @Test
    void fromACommand(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        deploys(jenkins, new CommandInstaller(null, "cp -R '" + scripts.path() + "/.' .", "."));
    }

    private static void deploys(JenkinsRule jenkins, ToolInstaller installer) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, Path.of("nowhere"));
        jenkins.jenkins
                .getDescriptorByType(ControlScripts.DescriptorImpl.class)
                .setInstallations(
                        new ControlScripts("demo", "", List.of(new InstallSourceProperty(List.of(installer)))));
        demo.connectAgent("agent");
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "a1")));
        assertEquals(Status.Running, demo.staging("a1").getStatus());
    }

    private static void zip(ScriptDirectory scripts, Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (ControlScript script : ControlScript.values()) {
                if (Files.exists(scripts.path(script))) {
                    zip.putNextEntry(new ZipEntry(script.fileName()));
                    Files.copy(scripts.path(script), zip);
                }
            }
        }
    }
}
