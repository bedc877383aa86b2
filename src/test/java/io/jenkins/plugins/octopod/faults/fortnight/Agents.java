package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.model.Node;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.ComputerLauncher;
import hudson.slaves.DumbSlave;
import hudson.slaves.EphemeralNode;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.octopod.fixtures.SweptProject;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;

/** The agents of the simulation, as real processes, and what happens to them. For the thread of the simulation. */
final class Agents {

    static final List<String> NAMES = List.of("one", "two");

    /** Jenkins forgets it when it stops. */
    private static final String EPHEMERAL = "three";

    private static final int EXECUTORS = 6;

    private final Path directory;
    private final EventLog log;

    /** The process of the one that is stopped. */
    private ProcessHandle stopped;

    /** Those that are to be offline. */
    private final Set<String> away = new HashSet<>();

    Agents(Path directory, EventLog log) {
        this.directory = directory;
        this.log = log;
    }

    void add(JenkinsRule rule, String name) throws Exception {
        DumbSlave agent =
                new DumbSlave(name, directory.resolve("agent-" + name).toString(), rule.createComputerLauncher(null));
        agent.setNumExecutors(EXECUTORS);
        agent.setLabelString(TestProject.LABEL);
        // Only a fault connects it again: Jenkins itself must not do that while a test waits for a run to be given up.
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        rule.jenkins.addNode(agent);
        awaitOnline(name);
    }

    /** Adds the agent that Jenkins doesn't store, if Jenkins doesn't know it now. */
    void addEphemeral(JenkinsRule rule) throws Exception {
        if (rule.jenkins.getNode(EPHEMERAL) == null) {
            rule.jenkins.addNode(new Ephemeral(
                    EPHEMERAL, directory.resolve("agent-" + EPHEMERAL).toString(), rule.createComputerLauncher(null)));
        }
    }

    /** An agent that Jenkins doesn't store. */
    static final class Ephemeral extends Slave implements EphemeralNode {
        private static final long serialVersionUID = 1L;

        Ephemeral(String name, String root, ComputerLauncher launcher) throws Exception {
            super(name, root, launcher);
            setNumExecutors(EXECUTORS);
            setLabelString(TestProject.LABEL);
            setRetentionStrategy(RetentionStrategy.NOOP);
        }

        @Override
        public Node asNode() {
            return this;
        }
    }

    /** Adds an agent that is of a cloud. */
    void addPod(JenkinsRule rule, String name) throws Exception {
        Pod pod = new Pod(name, directory.resolve("agent-" + name).toString(), rule.createComputerLauncher(null));
        pod.setNumExecutors(EXECUTORS);
        pod.setLabelString(TestProject.LABEL);
        pod.setRetentionStrategy(new RetentionStrategy.Always());
        rule.jenkins.addNode(pod);
        awaitOnline(name);
    }

    /** An agent whose machine is gone when Jenkins has removed it. */
    static final class Pod extends AbstractCloudSlave {
        private static final long serialVersionUID = 1L;

        Pod(String name, String root, ComputerLauncher launcher) throws Exception {
            super(name, root, launcher);
        }

        @Override
        public AbstractCloudComputer<Pod> createComputer() {
            return new AbstractCloudComputer<>(this);
        }

        @Override
        protected void _terminate(TaskListener listener) {}
    }

    /** All that Jenkins knows. */
    List<String> names() {
        return Jenkins.get().getNodes().stream().map(Node::getNodeName).sorted().toList();
    }

    List<String> online() {
        return names().stream().filter(name -> computer(name).isOnline()).toList();
    }

    /** Null for one that Jenkins doesn't know. */
    SlaveComputer computer(String name) {
        Node node = Jenkins.get().getNode(name);
        return node == null ? null : (SlaveComputer) node.toComputer();
    }

    void awaitOnline(String name) throws Exception {
        TestProject.await(
                "agent " + name, () -> computer(name) != null && computer(name).isOnline() ? true : null);
    }

    /** Also those that Jenkins starts after a restart. */
    void awaitAllOnline() throws Exception {
        for (String name : names()) {
            awaitOnline(name);
        }
    }

    /** Kills the process of an agent as it is, with a helper by which Java was just about to start a script. */
    void kill(String name) throws Exception {
        log.add(null, "agent " + name + " is killed");
        away.add(name);
        ProcessHandle process = process(name);
        SweptProject.signal("STOP", process);
        List<ProcessHandle> children = process.descendants().toList();
        SweptProject.signal("KILL", process);
        for (ProcessHandle child : children) {
            if (child.info().command().orElse("").endsWith("/jspawnhelper")) {
                SweptProject.signal("KILL", child);
            }
        }
        awaitOffline(name);
    }

    private void awaitOffline(String name) throws Exception {
        TestProject.await(
                "agent " + name + " to be offline", () -> computer(name).getChannel() == null ? true : null);
    }

    /** Closes the connection of an agent; its process ends by that. */
    void drop(String name) throws Exception {
        log.add(null, "the connection to agent " + name + " is closed");
        away.add(name);
        VirtualChannel channel = computer(name).getChannel();
        if (channel instanceof Channel open) {
            open.close();
        }
        awaitOffline(name);
    }

    void connect(String name) throws Exception {
        log.add(null, "agent " + name + " is connected");
        away.remove(name);
        TestProject.await("agent " + name, () -> {
            connectLost();
            return computer(name).isOnline() ? true : null;
        });
        awaitOnline(name);
    }

    /**
     * Connects those that are offline and shouldn't be, as Jenkins does each minute. The end of a connection may end the process of
     * the next one, which has just begun.
     */
    void connectLost() {
        for (String name : names()) {
            SlaveComputer computer = computer(name);
            if (computer != null && !away.contains(name) && computer.isOffline() && !computer.isConnecting()) {
                computer.connect(false);
            }
        }
    }

    private static ProcessHandle process(String name) throws Exception {
        return SweptProject.process((Slave) Jenkins.get().getNode(name));
    }

    void stop(String name) throws Exception {
        log.add(null, "agent " + name + " is stopped");
        stopped = process(name);
        SweptProject.signal("STOP", stopped);
    }

    void goOn(String name) throws Exception {
        log.add(null, "agent " + name + " goes on");
        SweptProject.signal("CONT", stopped);
    }

    void remove(String name) throws IOException {
        log.add(null, "agent " + name + " is removed");
        Jenkins.get().removeNode(Jenkins.get().getNode(name));
    }

    /** Kills all that scripts of actions have started on an agent, and what waits for it. */
    void killScripts(String name, Path home) throws Exception {
        List<ProcessHandle> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            String environment = environment(process.pid());
            if (environment.contains("FORTNIGHT_HOME=" + home + "\0")
                    && environment.contains("FORTNIGHT_AGENT=" + name + "\0")) {
                found.add(process);
            }
        }
        for (String signal : List.of("STOP", "KILL")) {
            for (ProcessHandle process : found) {
                SweptProject.signal(signal, process);
            }
        }
        log.add(null, found.size() + " processes of scripts are killed on agent " + name);
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended, or is another's
        }
    }

    /** Where an agent keeps the files of scripts that run. */
    Path scriptDirectories(String name) {
        return directory.resolve("agent-" + name).resolve("octopod");
    }
}
