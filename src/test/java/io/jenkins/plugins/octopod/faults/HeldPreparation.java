package io.jenkins.plugins.octopod.faults;

import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.slaves.NodeProperty;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Holds a run while its agent is prepared: stands for what takes time on the controller then, such as an installer. */
public final class HeldPreparation extends NodeProperty<Node> {

    private static volatile CountDownLatch entered = new CountDownLatch(0);
    private static volatile CountDownLatch go = new CountDownLatch(0);

    static void addTo(Slave agent) throws IOException {
        agent.getNodeProperties().add(new HeldPreparation());
    }

    /** The next preparation is held. */
    static void hold() {
        entered = new CountDownLatch(1);
        go = new CountDownLatch(1);
    }

    static void awaitEntered() throws InterruptedException {
        entered.await();
    }

    static void release() {
        go.countDown();
    }

    @Override
    public void buildEnvVars(EnvVars env, TaskListener listener) throws InterruptedException {
        entered.countDown();
        go.await();
    }
}
