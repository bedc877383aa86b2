package io.jenkins.plugins.octopod.faults.fortnight;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.Computer;
import hudson.model.EnvironmentContributor;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.queue.QueueListener;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A simulated fortnight with random faults. By default it lasts two days, and a dozen stagings take part. System properties make it
 * larger, see {@link FortnightSettings}. {@code octopod.fortnight.log} is the beginning of the names of files that get all events. The
 * whole fortnight: {@code -Dtest=FortnightTest -Doctopod.fortnight.seeds=1,2,3 -Doctopod.fortnight.stagings=300}
 */
@Tag("jenkins")
class FortnightTest {

    private static final FortnightSettings SETTINGS = FortnightSettings.fromSystemProperties();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** Static, as extensions of Jenkins are there before a test is. Null while none runs. */
    private static volatile World world;

    /** Tells the model of each change of a staging. */
    @TestExtension
    public static final class Changes extends StagingListener {
        @Override
        public void onChanged(@NonNull Staging staging) {
            World now = world;
            if (now != null) {
                now.model.changed(staging);
            }
        }
    }

    /** Tells the model of stagings that are new, and of those that are gone. */
    @TestExtension
    public static final class Items extends ItemListener {
        @Override
        public void onCreated(Item item) {
            World now = world;
            if (now != null && item instanceof Staging staging) {
                now.model.changed(staging);
            }
        }

        @Override
        public void onDeleted(Item item) {
            World now = world;
            if (now != null && item instanceof Staging) {
                now.model.deleted(item.getName());
            }
        }
    }

    /** Tells scripts which request they are run for, and where. */
    @TestExtension
    public static final class Identity extends EnvironmentContributor {
        @Override
        public void buildEnvironmentFor(
                @NonNull @SuppressWarnings("rawtypes") Run run,
                @NonNull EnvVars environment,
                @NonNull TaskListener listener) {
            World now = world;
            Computer computer = Computer.currentComputer();
            if (now != null && run instanceof StagingRun action && action.parameters() != null) {
                environment.put("FORTNIGHT_REQUEST", action.parameters().getRequestId());
                environment.put("FORTNIGHT_AGENT", computer == null ? "none" : computer.getName());
                environment.put("FORTNIGHT_HOME", now.scripts.home().toString());
            }
        }
    }

    /** Another plugin that decides about the queue. */
    @TestExtension
    public static final class Decision extends Queue.QueueDecisionHandler {
        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            World now = world;
            if (task instanceof Staging && now != null && now.isLasting(FaultKind.DECISION_FAILS)) {
                throw new IllegalStateException("a plugin's decision fails");
            }
            return true;
        }
    }

    /** Another plugin that listens to the queue. */
    @TestExtension
    public static final class Listener extends QueueListener {
        @Override
        public void onEnterWaiting(Queue.WaitingItem item) {
            fail();
        }

        @Override
        public void onLeft(Queue.LeftItem item) {
            fail();
        }

        private static void fail() {
            World now = world;
            if (now != null && now.isLasting(FaultKind.LISTENER_FAILS)) {
                throw new IllegalStateException("a plugin's listener fails");
            }
        }
    }

    private static void restore(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    private Path home() {
        return sessions.getHome().toPath();
    }

    static List<Long> seeds() {
        return SETTINGS.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesAreKept(long seed) throws Throwable {
        boolean localCheckout = GitSCM.ALLOW_LOCAL_CHECKOUT;
        String timeout = System.setProperty("jenkins.test.timeout", "7200"); // of each session, in seconds
        String patience = System.setProperty(Rules.RECONNECT_TIMEOUT, "600");
        world = new World(SETTINGS, seed, directory);
        Simulation simulation = new Simulation(world);
        TreeSet<Integer> restarts = new TreeSet<>();
        for (int i = 0; i < SETTINGS.restarts(); i++) {
            restarts.add(1 + world.random.nextInt(SETTINGS.steps() - 1));
        }
        restarts.add(SETTINGS.steps());
        long start = System.nanoTime();
        int[] from = {0};
        try {
            for (int end : restarts) {
                sessions.then(jenkins -> {
                    if (from[0] == 0) {
                        simulation.begin(jenkins);
                    } else {
                        simulation.goOn(jenkins);
                    }
                    for (int step = from[0]; step < end; step++) {
                        simulation.step(step);
                    }
                    if (end == SETTINGS.steps()) {
                        simulation.end();
                    } else {
                        simulation.stop(home());
                    }
                });
                from[0] = end;
                if (end < SETTINGS.steps()) {
                    simulation.whileStopped(home());
                }
            }
        } catch (Throwable e) {
            throw new AssertionError("Seed " + seed + ", " + simulation.happened() + ": " + e.getMessage(), e);
        } finally {
            World ended = world;
            world = null;
            ended.close();
            GitSCM.ALLOW_LOCAL_CHECKOUT = localCheckout;
            restore(Rules.RECONNECT_TIMEOUT, patience);
            restore("jenkins.test.timeout", timeout);
            String file = System.getProperty("octopod.fortnight.log");
            if (file != null) {
                Files.writeString(Path.of(file + "-" + seed), ended.log.all());
            }
            System.err.printf(
                    "Fortnight with seed %d: %d requests, %s, %d s%n",
                    seed, ended.model.accepted(), simulation.happened(), (System.nanoTime() - start) / 1_000_000_000);
        }
    }
}
