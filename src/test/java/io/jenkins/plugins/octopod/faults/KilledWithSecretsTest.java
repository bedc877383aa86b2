package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SecretSearch;
import io.jenkins.plugins.octopod.fixtures.TestCredentials;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.credentialsbinding.impl.FileBinding;
import org.jenkinsci.plugins.credentialsbinding.impl.StringBinding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A real Jenkins that is killed while scripts hold its secrets: one of a run, which outlives it, and one of a sweep. Its agent
 * lives on, and nothing is left there, or in Jenkins’ own files, by either.
 */
@Tag("jenkins")
class KilledWithSecretsTest {

    private static final String AGENT = "agent";
    private static final String TOKEN = "t0ken-Sesame-4711";
    private static final String CONTENT = "c0ntent-Shibboleth-815";
    private static final SecretSearch SEARCH = SecretSearch.of(TOKEN, CONTENT);

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path directory;

    @Test
    void nothingIsLeftAndNothingShows() throws Throwable {
        Path home = Files.createDirectory(directory.resolve("home"));
        ScriptDirectory scripts = scripts(directory.resolve("scripts"));
        jenkins.startJenkins();
        jenkins.runRemotely(KilledWithSecretsTest::configure, scripts.path().toFile());
        agents.start(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(AGENT)
                        .webSocket()
                        .build());
        jenkins.runRemotely(KilledWithSecretsTest::createOne);
        Files.createFile(scripts.file("hold-checks"));
        jenkins.runRemotely(KilledWithSecretsTest::beginAnother);
        Path asked = TestProject.await("the sweep", () -> printed(scripts.file("file-of-check")));
        Path held = TestProject.await("the run", () -> printed(scripts.file("file-of-create")));
        assertEquals(
                2,
                SEARCH.files(home).stream()
                        .filter(List.of(asked, held)::contains)
                        .count());

        jenkins.stopJenkinsForcibly();
        TestProject.await("the agent to remove what the sweep had", () -> Files.exists(asked) ? null : true);
        assertTrue(Files.exists(held), "the script still needs it");
        assertEquals(List.of(), SEARCH.files(jenkins.getHome().toPath()));
        Files.createFile(scripts.file("go"));
        TestProject.await("the script to end by itself", () -> Files.exists(held) ? null : true);
        assertEquals(CONTENT, Files.readString(scripts.file("read")));
        Files.delete(scripts.file("hold-checks"));

        jenkins.startJenkins();
        jenkins.runRemotely(KilledWithSecretsTest::theRunHasEndedAndSaysNothing);
        assertEquals(List.of(), SEARCH.files(jenkins.getHome().toPath()));
        // Stagings are checked every few seconds, and a check has these files as long as it lasts.
        TestProject.await("no file to be left on the agent", () -> SEARCH.files(home).isEmpty() ? true : null);
        Files.writeString(home.resolve("planted"), TOKEN);
        assertEquals(List.of(home.resolve("planted")), SEARCH.files(home), "else nothing would be found");
    }

    /** Null until it is all there. */
    private static Path printed(Path file) throws Exception {
        String line = Files.exists(file) ? Files.readString(file) : "";
        return line.endsWith("\n") ? Path.of(line.trim()) : null;
    }

    private static ScriptDirectory scripts(Path path) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(path);
        scripts.with(
                ControlScript.CREATE,
                "cd '" + path + "'; echo \"before $TOKEN\"; case $8 in held) echo \"$FILE\" >file-of-create; "
                        + "while ! test -f go; do sleep 0.1; done; cp \"$FILE\" read;; esac; echo \"after $TOKEN\"; cat \"$FILE\"");
        scripts.with(
                ControlScript.CHECK,
                "cd '" + path + "'; echo \"$TOKEN\"; if test -f hold-checks; then echo \"$FILE\" >file-of-check; "
                        + "while test -f hold-checks; do sleep 0.1; done; fi");
        return scripts;
    }

    private static void configure(JenkinsRule rule, File scripts) throws Exception {
        DumbSlave agent = new DumbSlave(AGENT, new File(scripts.getParentFile(), "home").getPath(), new JNLPLauncher());
        agent.setNumExecutors(2);
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        rule.jenkins.addNode(agent);
        TestProject demo = TestProject.withScripts(rule, scripts.toPath());
        TestCredentials.in(demo.project).text("token", TOKEN).file("file", "file", CONTENT);
        TestCredentials.bind(demo.project, new StringBinding("TOKEN", "token"), new FileBinding("FILE", "file"));
        CheckSettings often = new CheckSettings();
        often.setInterval(5);
        often.setTimeout(3600);
        demo.project.setChecks(often);
        demo.project.save();
    }

    private static void createOne(JenkinsRule rule) throws Exception {
        TestProject demo = TestProject.again(rule);
        rule.assertBuildStatus(Result.SUCCESS, demo.finished(demo.submit(Kind.CREATE, "checked")));
    }

    private static void beginAnother(JenkinsRule rule) throws Exception {
        TestProject demo = TestProject.again(rule);
        demo.printing(demo.submit(Kind.CREATE, "held"), "before");
    }

    private static void theRunHasEndedAndSaysNothing(JenkinsRule rule) throws Exception {
        TestProject demo = TestProject.again(rule);
        Staging held = demo.staging("held");
        TestProject.await("the run", () -> held.isBusy() ? null : true);
        StagingRun run = held.getLastBuild();
        rule.assertBuildStatus(Result.SUCCESS, run);
        String log = JenkinsRule.getLog(run);
        assertTrue(log.contains("before ****") && log.contains("after ****"), log);
        assertFalse(SEARCH.finds(log));
        Staging checked = demo.staging("checked");
        TestProject.await("an answer of the sweep", () -> checked.isStale() ? null : true);
        assertEquals(Status.Running, checked.getStatus());
    }
}
