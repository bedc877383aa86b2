package io.jenkins.plugins.octopod.staging.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.ScriptOutputCsv.SuggestedTag;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.scripts.ConfigurationDefaults;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What pages are told of the defaults by real scripts on a real agent, and when they are asked anew. */
@Tag("jenkins")
@WithJenkins
class DefaultsServiceTest {

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;

    @BeforeEach
    void writeScripts() throws Exception {
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        says(ControlScript.DEPLOYMENT_CONFIG, "echo image.tag,latest");
        says(ControlScript.DEPLOYMENT_CONFIG_KEYS, "echo image.tag; echo replicas");
        says(ControlScript.APPLICATION_CONFIG, "echo \"ARGS,$*\" | tr '=' ':'");
        says(ControlScript.APPLICATION_CONFIG_KEYS, "echo COLOR");
    }

    /** Remembers in a file how often it was asked. */
    private void says(ControlScript script, String body) throws Exception {
        scripts.with(script, "echo asked >> '" + counter(script) + "'\n" + body);
    }

    private Path counter(ControlScript script) {
        return directory.resolve(script.fileName() + ".asked");
    }

    private int asked(ControlScript script) throws Exception {
        Path counter = counter(script);
        return Files.exists(counter) ? Files.readAllLines(counter).size() : 0;
    }

    private TestProject project(JenkinsRule jenkins) throws Exception {
        TestProject made = TestProject.withScripts(jenkins, scripts.path());
        made.connectAgent("agent");
        return made;
    }

    @Test
    void tagsAreCachedUntilTheyAreReloaded(JenkinsRule jenkins) throws Exception {
        says(ControlScript.TAGS, "echo \"v2,$2\"; echo v1");
        TestProject project = project(jenkins);
        assertInstanceOf(CachedValue.Loading.class, DefaultsService.get().askTags(project.project), "no page waits");
        List<SuggestedTag> tags = List.of(new SuggestedTag("v2", "demo"), new SuggestedTag("v1", ""));
        assertEquals(tags, tags(project).known().orElseThrow());
        tags(project);
        assertEquals(1, asked(ControlScript.TAGS));

        says(ControlScript.TAGS, "echo v3,new,er");
        DefaultsService.get().reload(project.project, Overrides.NONE);
        TestProject.await("the script to run again", () -> asked(ControlScript.TAGS) == 2 ? true : null);
        CachedValue<List<SuggestedTag>> old = TestProject.await("the failure", () -> {
            CachedValue<List<SuggestedTag>> answer = tags(project);
            return answer instanceof CachedValue.Ready<List<SuggestedTag>> ready && ready.problem() != null
                    ? answer
                    : null;
        });
        assertEquals(tags, old.known().orElseThrow(), "known tags stay");

        scripts.without(ControlScript.TAGS);
        project.project.setProjectName("other");
        assertEquals(List.of(), tags(project).known().orElseThrow(), "the script is optional");
    }

    private static CachedValue<List<SuggestedTag>> tags(TestProject project) throws Exception {
        return TestProject.await("the tags", () -> {
            CachedValue<List<SuggestedTag>> answer = DefaultsService.get().askTags(project.project);
            boolean pending = answer instanceof CachedValue.Loading
                    || answer instanceof CachedValue.Ready<List<SuggestedTag>> ready && ready.refreshing();
            return pending ? null : answer;
        });
    }

    @Test
    void tagsContainNoSecret(JenkinsRule jenkins) throws Exception {
        says(ControlScript.TAGS, "echo \"v1,logged in with $TOKEN\"");
        TestProject project = project(jenkins);
        TestCredentials.in(project.project).text("token", "s3same-open");
        TestCredentials.bind(project.project, new StringBinding("TOKEN", "token"));
        CachedValue.Failed<List<SuggestedTag>> failed = assertInstanceOf(CachedValue.Failed.class, tags(project));
        assertEquals(
                "“tags” printed a secret with the tag “v1”: it must print tags and descriptions without secrets.",
                failed.sentence());
    }

    @Test
    void theApplicationsDefaultsAreThoseOfTheDeploymentAskedAbout(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        CachedDefaults first = DefaultsService.get().ask(project.project, Overrides.NONE);
        assertInstanceOf(CachedValue.Loading.class, first.deployment(), "nobody waits");
        CachedDefaults latest = settled(project, "");
        assertEquals(
                Map.of("image.tag", "latest"),
                latest.deployment().known().orElseThrow().asMap());
        assertEquals(
                List.of("image.tag", "replicas"),
                latest.deploymentKeys().known().orElseThrow());
        assertEquals(List.of("COLOR"), latest.applicationKeys().known().orElseThrow());
        assertTrue(arguments(latest).endsWith("--deployment-config image.tag:latest"), arguments(latest));

        CachedDefaults other = settled(project, "image.tag=v2\nreplicas=3");
        assertTrue(
                arguments(other).endsWith("--deployment-config image.tag:v2 --deployment-config replicas:3"),
                arguments(other));
        settled(project, "");
        assertEquals(1, asked(ControlScript.DEPLOYMENT_CONFIG));
        assertEquals(2, asked(ControlScript.APPLICATION_CONFIG));
        assertEquals(0, jenkins.jenkins.getQueue().getItems().length);
    }

    @Test
    void otherSettingsAreAskedAnew(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        settled(project, "");
        settled(project, "");
        assertEquals(1, asked(ControlScript.DEPLOYMENT_CONFIG));

        project.project.save();
        settled(project, "");
        assertEquals(2, asked(ControlScript.DEPLOYMENT_CONFIG));
        assertEquals(2, asked(ControlScript.APPLICATION_CONFIG_KEYS));

        TestProject.installTool(jenkins, scripts.path());
        settled(project, "");
        assertEquals(3, asked(ControlScript.DEPLOYMENT_CONFIG));

        TestProject.setEnvironment(jenkins, Map.of("ANYTHING", "else"));
        settled(project, "");
        assertEquals(4, asked(ControlScript.DEPLOYMENT_CONFIG));

        // What a default is may have become a secret.
        TestCredentials.in(jenkins.jenkins).text("new", "s3cret");
        settled(project, "");
        assertEquals(5, asked(ControlScript.DEPLOYMENT_CONFIG));
    }

    @Test
    void aFailingScriptIsShownAndAskedAgainOnReload(JenkinsRule jenkins) throws Exception {
        says(ControlScript.APPLICATION_CONFIG, "echo 'no such chart' >&2; exit 3");
        says(ControlScript.DEPLOYMENT_CONFIG_KEYS, "exit 4");
        TestProject project = project(jenkins);
        CachedDefaults cachedDefaults = settled(project, "");
        assertTrue(cachedDefaults.deployment().known().isPresent());
        CachedValue.Failed<Configuration> failed =
                assertInstanceOf(CachedValue.Failed.class, cachedDefaults.application());
        assertTrue(failed.sentence().contains("exit code 3: no such chart"), failed.sentence());
        assertInstanceOf(CachedValue.Failed.class, cachedDefaults.deploymentKeys());

        says(ControlScript.APPLICATION_CONFIG, "echo COLOR,orange");
        settled(project, "");
        assertEquals(1, asked(ControlScript.APPLICATION_CONFIG), "not asked with each look at the page");
        DefaultsService.get().reload(project.project, Overrides.NONE);
        assertEquals(
                Map.of("COLOR", "orange"),
                settled(project, "").application().known().orElseThrow().asMap());
    }

    @Test
    void whatTheDeploymentFailsWithTheApplicationDoesToo(JenkinsRule jenkins) throws Exception {
        says(ControlScript.DEPLOYMENT_CONFIG, "echo 'a,b,c'");
        TestProject project = project(jenkins);
        CachedDefaults cachedDefaults = settled(project, "");
        CachedValue.Failed<?> deployment = assertInstanceOf(CachedValue.Failed.class, cachedDefaults.deployment());
        CachedValue.Failed<?> application = assertInstanceOf(CachedValue.Failed.class, cachedDefaults.application());
        assertEquals(deployment.sentence(), application.sentence());
        assertEquals(0, asked(ControlScript.APPLICATION_CONFIG));
    }

    @Test
    void whereNobodyCanBeAskedItIsSaidWhatToDo(JenkinsRule jenkins) throws Exception {
        TestProject project = TestProject.withScripts(jenkins, scripts.path());
        CachedValue.Unavailable<?> nobody = assertInstanceOf(
                CachedValue.Unavailable.class, settled(project, "").deployment());
        assertTrue(
                nobody.message().detail().contains("no agent has the project’s label “staging”"),
                nobody.message().detail());

        DumbSlave agent = jenkins.createSlave("offline", TestProject.LABEL, null);
        jenkins.waitOnline(agent);
        jenkins.disconnectSlave(agent);
        DefaultsService.get().reload(project.project, Overrides.NONE);
        CachedValue.Unavailable<?> offline = assertInstanceOf(
                CachedValue.Unavailable.class, settled(project, "").application());
        assertTrue(
                offline.message().detail().contains("no agent with the label “staging” that this project may run"),
                offline.message().detail());
    }

    @Test
    void aRunAsksForItselfAndItsAnswerIsRemembered(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        settled(project, "");
        says(ControlScript.DEPLOYMENT_CONFIG, "echo image.tag,newest");
        assertFalse(DefaultsService.get()
                .known(project.project, Overrides.parse("replicas=2"))
                .isPresent());

        project.finished(project.submit(Kind.CREATE, "orange-button"));
        ConfigurationDefaults known =
                DefaultsService.get().known(project.project, Overrides.NONE).orElseThrow();
        assertEquals(Map.of("image.tag", "newest"), known.deployment().asMap());
        assertTrue(known.application().asMap().get("ARGS").endsWith("image.tag:newest"));
        String said = jenkins.getLog(project.staging("orange-button").getLastBuild());
        assertTrue(said.contains("--deployment-config image.tag=newest"), said);
    }

    @Test
    void whatWasSaidBeforeSettingsChangedIsNotRemembered(JenkinsRule jenkins) throws Exception {
        TestProject project = project(jenkins);
        project.finished(project.submit(Kind.CREATE, "orange-button"));
        // A run without a config_check before it, so that it is the run that asks.
        says(
                ControlScript.DEPLOYMENT_CONFIG,
                "echo image.tag,old; while test ! -e '" + scripts.file("go") + "'; do sleep 0.1; done");
        int before = asked(ControlScript.DEPLOYMENT_CONFIG);
        AcceptedRequest archive = project.submit(Kind.ARCHIVE, "orange-button");
        TestProject.await("the run to ask", () -> asked(ControlScript.DEPLOYMENT_CONFIG) > before ? true : null);
        project.project.setBaseDomain("other.example.com");
        project.project.save();
        Files.createFile(scripts.file("go"));
        project.finished(archive);
        assertTrue(DefaultsService.get().knownDeployment(project.project).isEmpty());
    }

    private static String arguments(CachedDefaults cachedDefaults) {
        return cachedDefaults.application().known().orElseThrow().asMap().get("ARGS");
    }

    private static CachedDefaults settled(TestProject project, String deployment) throws Exception {
        Overrides overrides = Overrides.parse(deployment);
        return TestProject.await("answers of all scripts", () -> {
            CachedDefaults cachedDefaults = DefaultsService.get().ask(project.project, overrides);
            boolean waiting = List.of(
                            cachedDefaults.deployment(),
                            cachedDefaults.deploymentKeys(),
                            cachedDefaults.application(),
                            cachedDefaults.applicationKeys())
                    .stream()
                    .anyMatch(cachedValue -> cachedValue instanceof CachedValue.Loading
                            || cachedValue instanceof CachedValue.Ready<?> ready && ready.refreshing());
            return waiting ? null : cachedDefaults;
        });
    }
}
