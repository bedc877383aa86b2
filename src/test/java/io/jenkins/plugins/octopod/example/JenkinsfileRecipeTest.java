package io.jenkins.plugins.octopod.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import hudson.util.Secret;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.DocumentedPage;
import io.jenkins.plugins.octopod.fixtures.PlayedForge;
import io.jenkins.plugins.octopod.fixtures.PlayedForge.Told;
import io.jenkins.plugins.octopod.fixtures.Processes;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.project.LifetimeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * The Jenkinsfile of docs/continuous-deployment.md, as it stands there, in a multibranch Pipeline over a git repository. That a
 * branch is a pull request only the branch source of a forge would know; so here the environment says it.
 */
@WithSharedJenkins
class JenkinsfileRecipeTest {

    @TempDir
    private Path directory;

    private boolean localCheckout;
    private JenkinsRule jenkins;
    private TestProject demo;
    private PlayedForge forge;
    private Path repository;
    private WorkflowMultiBranchProject pipelines;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "there is no curl");
        jenkins = rule;
        localCheckout = GitSCM.ALLOW_LOCAL_CHECKOUT;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        demo = TestProject.demo(rule, directory.resolve("demo"));
        LifetimeSettings lifetime = new LifetimeSettings();
        lifetime.setBranchGraceMinutes(0);
        demo.project.setLifetime(lifetime);
        forge = new PlayedForge();
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "forge-token", "", Secret.fromString("of-the-forge")));
        credentials.save();

        repository = Files.createDirectory(directory.resolve("repository"));
        String jenkinsfile = new DocumentedPage("continuous-deployment.md").block("groovy", "octopodDeploy");
        Files.writeString(
                repository.resolve("Jenkinsfile"),
                jenkinsfile
                        .replace("https://api.github.com", forge.url())
                        .replace("project: 'cactus'", "project: 'demo'"));
        Path push = repository.resolve("build-and-push-image.sh");
        Files.writeString(push, "#!/bin/sh\necho \"pushed $1\"\n");
        assertTrue(push.toFile().setExecutable(true));
        git("init", "--initial-branch=orange");
        commit();
        pipelines = rule.createProject(WorkflowMultiBranchProject.class, "shop");
        GitSCMSource source = new GitSCMSource(repository.toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        pipelines.getSourcesList().add(new BranchSource(source));
    }

    @AfterEach
    void stop() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = localCheckout;
        if (forge != null) {
            forge.close();
        }
    }

    @Test
    void pullRequest() throws Exception {
        environment(Map.of("CHANGE_ID", "7", "no_proxy", "*"));
        build();
        List<Told> told = forge.told();
        assertEquals(2, told.size(), told.toString());
        String link = demo.staging("pr-7").getLinks().get(0).url();
        assertStatus(told.get(0), link);
        assertEquals("/repos/cactus/shop/issues/7/comments", told.get(1).path());
        assertEquals("To be tried at " + link, told.get(1).json().path("body").asText());

        commit();
        build();
        List<Told> again = forge.told();
        assertEquals(1, again.size(), "the comment is written once: " + again);
        assertStatus(again.get(0), demo.staging("pr-7").getLinks().get(0).url());

        pipelines.delete();
        TestProject.await(
                "the staging to be archived",
                () -> demo.staging("pr-7").getStatus() == Status.Archived
                                && !demo.staging("pr-7").isBusy()
                        ? true
                        : null);
    }

    @Test
    void branch() throws Exception {
        environment(Map.of("no_proxy", "*"));
        build();
        List<Told> told = forge.told();
        assertEquals(1, told.size(), told.toString());
        assertStatus(told.get(0), demo.staging("orange").getLinks().get(0).url());
    }

    private void assertStatus(Told told, String link) throws Exception {
        assertEquals("/repos/cactus/shop/statuses/" + git("rev-parse", "HEAD"), told.path());
        assertEquals("Bearer of-the-forge", told.token());
        assertEquals("success", told.json().path("state").asText());
        assertEquals(link, told.json().path("target_url").asText());
    }

    private void environment(Map<String, String> more) throws Exception {
        Map<String, String> all = new HashMap<>(more);
        all.put("OCTOPOD_DEMO_HOME", directory.resolve("demo").toString());
        TestProject.setEnvironment(jenkins, all);
    }

    private void build() throws Exception {
        pipelines.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob job = pipelines.getItemByBranchName("orange");
        assertNotNull(job);
        WorkflowRun run = job.getLastBuild();
        jenkins.assertBuildStatus(Result.SUCCESS, run);
    }

    private void commit() throws Exception {
        Files.writeString(repository.resolve("change"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        git("add", ".");
        git("commit", "-m", "a change");
    }

    private String git(String... arguments) throws Exception {
        return Processes.git(repository, arguments);
    }
}
