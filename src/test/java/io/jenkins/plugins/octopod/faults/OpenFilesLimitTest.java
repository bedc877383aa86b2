package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;

/** A real agent that can open no more files while it follows a script, as something else on it has opened all that it may. */
@WithSharedJenkins
@EnabledOnOs(OS.LINUX)
class OpenFilesLimitTest {

    @TempDir
    private Path directory;

    /** Opens files in the agent’s process until it may open no more, or closes them. Returns how many there were. */
    private static final class OpenFiles extends MasterToSlaveCallable<Integer, IOException> {

        private static final long serialVersionUID = 1L;
        private static final List<InputStream> OPEN = new ArrayList<>();

        private final boolean open;

        OpenFiles(boolean open) {
            this.open = open;
        }

        @Override
        public Integer call() throws IOException {
            try {
                while (open) {
                    OPEN.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                return OPEN.size();
            }
            int closed = OPEN.size();
            for (InputStream stream : OPEN) {
                stream.close();
            }
            OPEN.clear();
            return closed;
        }
    }

    @Test
    void theRunGoesOn(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory.resolve("scripts"));
        Path go = scripts.file("go");
        scripts.with(
                ControlScript.CREATE,
                "echo begun >> '" + scripts.file("begun") + "'; echo before; while [ ! -e '" + go
                        + "' ]; do sleep 0.1; done; echo after");
        scripts.with(ControlScript.CHECK, "exit 0");
        TestProject demo = TestProject.withScripts(jenkins, scripts.path());
        DumbSlave agent = limitedAgent(jenkins);
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        // Loads the class while files can still be opened.
        agent.getChannel().call(new OpenFiles(false));
        assertTrue(agent.getChannel().call(new OpenFiles(true)) > 0);
        try {
            jenkins.waitForMessage("This run tries again", run);
        } finally {
            agent.getChannel().call(new OpenFiles(false));
        }
        Files.createFile(go);
        demo.finished(create);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        String log = JenkinsRule.getLog(run);
        assertTrue(log.contains("Too many open files"), log);
        assertEquals(1, log.lines().filter("after"::equals).count(), log);
        assertEquals(List.of("begun"), Files.readAllLines(scripts.file("begun")));
        assertEquals(Status.Running, demo.staging("a1").getStatus());
    }

    private DumbSlave limitedAgent(JenkinsRule jenkins) throws Exception {
        File jar = new File(jenkins.jenkins.getJnlpJars("agent.jar").getURL().toURI());
        Path start = directory.resolve("start");
        Files.writeString(
                start, "ulimit -n 400\nexec '" + System.getProperty("java.home") + "/bin/java' -jar '" + jar + "'\n");
        DumbSlave agent = new DumbSlave(
                "agent", directory.resolve("agent").toString(), new SimpleCommandLauncher("/bin/sh \"" + start + "\""));
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, agent);
        return agent;
    }
}
