package io.jenkins.plugins.octopod.staging.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.User;
import hudson.model.queue.CauseOfBlockage;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.slaves.DumbSlave;
import hudson.slaves.NodeProperty;
import hudson.slaves.OfflineCause;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.engine.Configuration;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.defaults.CachedValue;
import io.jenkins.plugins.octopod.staging.defaults.DefaultsService;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import jenkins.security.QueueItemAuthenticatorDescriptor;
import jenkins.security.QueueItemAuthenticatorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** Agents that a project names by its label, and that an administrator has fenced, so that no run of it gets there. */
@WithSharedJenkins
class FencedAgentTest {

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private SweptProject swept;
    private Path trace;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        swept = SweptProject.create(rule, directory.resolve("scripts"));
        trace = directory.resolve("trace");
        for (ControlScript script : List.of(
                ControlScript.INIT,
                ControlScript.CONFIG_CHECK,
                ControlScript.DEPLOYMENT_CONFIG,
                ControlScript.APPLICATION_CONFIG)) {
            swept.scripts.with(script, "echo " + script + " >>'" + trace + "'");
        }
    }

    @AfterEach
    void resetSettings() throws Exception {
        Triggered.on = false;
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        jenkins.jenkins.setNumExecutors(2);
    }

    private DumbSlave agent() throws Exception {
        // With an executor more than agents that other tests share, so that no test after this one gets it.
        DumbSlave agent =
                new DumbSlave("fenced", directory.resolve("agent").toString(), jenkins.createComputerLauncher(null));
        agent.setLabelString(TestProject.LABEL);
        agent.setNumExecutors(2);
        TestProject.addAgent(jenkins, agent);
        return agent;
    }

    /** All that is asked without a run: config_check before acceptance, the defaults of pages, sweeps. */
    private void nothingIsAsked() throws Exception {
        // The scripts have written it until now.
        Files.delete(trace);
        int checks = swept.checks("a1");
        swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
        assertTrue(
                swept.staging("a1").getStaleReason().contains("that this project may run scripts on"),
                swept.staging("a1").getStaleReason());
        assertEquals(checks, swept.checks("a1"));
        // A question that has not been asked before.
        Configuration deployment = Configuration.of(Map.of("key", "value"));
        assertInstanceOf(
                CachedValue.Unavailable.class,
                DefaultsService.get()
                        .awaitDefaults(
                                swept.demo.project,
                                ControlScript.APPLICATION_CONFIG,
                                deployment,
                                Duration.ofMinutes(1)));
        swept.demo.submit(Kind.UPDATE, "a1");
        assertFalse(Files.exists(trace), () -> "was asked");
    }

    @Test
    void whereTheUserOfTheProjectsRunsMayNotBuild() throws Exception {
        agent();
        swept.create("a1");
        fence("demo/a1");
        nothingIsAsked();
    }

    private void fence(String job) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("team"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(job, User.getById("team", true).impersonate2()));
    }

    /** The attack begins with a project of one's own, which has no staging yet. */
    @Test
    void inAProjectWithoutStagings() throws Exception {
        agent();
        fence("demo/a1");
        swept.demo.submit(Kind.CREATE, "a1");
        assertFalse(Files.exists(trace), () -> "was asked");
        assertTrue(swept.demo.project.getItems().size() == 1);
        // Else nothing would show that the scripts leave a trace.
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        swept.finished(swept.demo.submit(Kind.CREATE, "a2"));
        assertTrue(Files.exists(trace));
    }

    /** It takes an executor of a cloud’s agent, for which Jenkins may start one. */
    @Test
    void theTaskThatKeepsAnAgentGetsNoOtherThanARun() throws Exception {
        DumbSlave agent = agent();
        swept.create("a1");
        assertNull(agent.canTake(keepingItem()));
        fence("demo/a1");
        Queue.BuildableItem item = keepingItem();
        assertNotNull(agent.canTake(item));
        assertEquals(item.task, item.task.getOwnerTask(), "it doesn’t end with a staging");
    }

    private Queue.BuildableItem keepingItem() {
        CheckAgentTask task = new CheckAgentTask(swept.demo.project);
        return new Queue.BuildableItem(new Queue.WaitingItem(new GregorianCalendar(), task, List.of()));
    }

    /** As the plugin Authorize Project decides with “user who triggered”: nothing if there is no user. */
    @TestExtension
    public static final class Triggered extends QueueItemAuthenticatorProvider {

        static boolean on;

        @NonNull
        @Override
        public List<QueueItemAuthenticator> getAuthenticators() {
            return on ? List.of(new Authenticator()) : List.of();
        }

        private static final class Authenticator extends QueueItemAuthenticator {
            @Override
            public Authentication authenticate2(Queue.Item item) {
                for (CauseAction action : item.getActions(CauseAction.class)) {
                    Cause.UserIdCause user = action.findCause(Cause.UserIdCause.class);
                    if (user != null && user.getUserId() != null) {
                        return User.getById(user.getUserId(), true).impersonate2();
                    }
                }
                return null;
            }

            @Override
            public QueueItemAuthenticatorDescriptor getDescriptor() {
                throw new UnsupportedOperationException();
            }
        }
    }

    @Test
    void whereTheUserWhoTriggeredMayNotBuild() throws Exception {
        agent();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        MockAuthorizationStrategy strategy = new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("team", "ops");
        jenkins.jenkins.setAuthorizationStrategy(strategy);
        // What Jenkins looks at to know that an administrator has configured something.
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().replace(new MockQueueItemAuthenticator());
        Triggered.on = true;
        as("team", () -> swept.demo.submit(Kind.CREATE, "a2"));
        assertFalse(Files.exists(trace), () -> "was asked");
        strategy.grant(Computer.BUILD).everywhere().to("ops");
        as("ops", () -> swept.finished(swept.demo.submit(Kind.CREATE, "a1")));
        swept.sweep("a1");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CREATE)
                .everywhere()
                .to("team", "ops"));
        as("team", () -> {
            nothingIsAsked();
            return null;
        });
    }

    private int asked(String name) {
        try {
            return swept.checks(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void as(String user, Callable<?> action) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            action.call();
        }
    }

    /** A staging’s run that is under way says nothing of where the others are asked. */
    @Test
    void whileTheFirstStagingIsBusyElsewhere() throws Exception {
        DumbSlave agent = agent();
        swept.create("b1");
        Path go = directory.resolve("go");
        swept.scripts.with(ControlScript.CREATE, "until [ -e '" + go + "' ]; do sleep 0.1; done");
        DumbSlave other = swept.demo.connectAgent("agent");
        agent.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("the run is to be elsewhere"));
        AcceptedRequest held = swept.demo.submit(Kind.CREATE, "a1");
        TestProject.await("the run to be on the other agent", () -> {
            StagingRun run = TestProject.run(held);
            return run != null && "agent".equals(run.agentName()) ? run : null;
        });
        agent.toComputer().setTemporaryOfflineCause(null);
        other.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("it is away"));
        int checks = swept.checks("b1");
        swept.sweepUntil("a check on the agent that is there", () -> asked("b1") > checks);
        assertFalse(swept.staging("b1").isStale());
        other.toComputer().setTemporaryOfflineCause(null);
        Files.createFile(go);
        swept.finished(held);
    }

    /** As the Job Restrictions plugin does. */
    private static final class Fence extends NodeProperty<Node> {
        @Override
        public CauseOfBlockage canTake(Queue.BuildableItem item) {
            return CauseOfBlockage.fromMessage(null);
        }
    }

    @Test
    void whereANodePropertyRefusesTheProject() throws Exception {
        DumbSlave agent = agent();
        swept.create("a1");
        agent.getNodeProperties().add(new Fence());
        nothingIsAsked();
    }

    /** As an agent that is there for one task, which another's build has taken. */
    @Test
    void whereTheAgentTakesNoMoreTasks() throws Exception {
        DumbSlave agent = agent();
        swept.create("a1");
        ((SlaveComputer) agent.toComputer()).setAcceptingTasks(false);
        nothingIsAsked();
    }

    @Test
    void onTheControllerUnlessItsLabelIsNamed() throws Exception {
        DumbSlave agent = agent();
        swept.create("a1");
        jenkins.jenkins.removeNode(agent);
        jenkins.jenkins.setNumExecutors(1);
        // Agents that other tests have left have their name as a label.
        for (String label : new String[] {null, "!agent"}) {
            swept.demo.project.setAgentLabel(label);
            swept.sweepUntil("the status to be stale", swept.staging("a1")::isStale);
            int checks = swept.checks("a1");
            swept.demo.project.setAgentLabel("built-in || elsewhere");
            swept.sweepUntil(
                    "the built-in node to be asked", () -> !swept.staging("a1").isStale());
            assertTrue(swept.checks("a1") > checks, label);
        }
        Computer builtIn = jenkins.jenkins.toComputer();
        assertEquals(0, builtIn.countBusy());
    }
}
