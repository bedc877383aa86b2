package io.jenkins.plugins.octopod.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import hudson.model.Node;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.scripts.AgentScripts;
import io.jenkins.plugins.octopod.scripts.secrets.ScriptSecrets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What is remembered of agents, and for how long. */
@WithSharedJenkins
class AgentScriptsCacheTest {

    private static final Instant NOW = Instant.parse("2030-05-06T12:00:00Z");

    @TempDir
    private Path directory;

    private final AgentScriptsCache agentScripts = new AgentScriptsCache();

    private AgentScripts get(Node agent, Instant now) throws Exception {
        return agentScripts.get(agent, "demo", ScriptSecrets.NONE, now);
    }

    @Test
    void nothingIsKeptOfAgentsThatWereRemoved(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        for (int i = 0; i < 3; i++) {
            Node agent = demo.connectAgent("pod-" + i);
            get(agent, NOW);
            get(agent, NOW);
            assertEquals(1, agentScripts.size(), "only the agent that there is");
            jenkins.jenkins.removeNode(agent);
        }
    }

    @Test
    void anAgentIsLookedAtAgainAfterAWhileOrWhenTheClockWasSet(JenkinsRule jenkins) throws Exception {
        TestProject demo = TestProject.withScripts(jenkins, new ScriptDirectory(directory).path());
        Node agent = demo.connectAgent("agent");
        AgentScripts scripts = get(agent, NOW);
        assertSame(scripts, get(agent, NOW.plus(Duration.ofMinutes(9))));
        AgentScripts later = get(agent, NOW.plus(Duration.ofMinutes(10)));
        assertNotSame(scripts, later);
        assertNotSame(later, get(agent, NOW.minus(Duration.ofDays(1))));
    }
}
