package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.ExtensionList;
import hudson.model.Queue;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.maintenance.MaintenanceWork;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jvnet.hudson.test.JenkinsRule;

/** What happens step by step. All decisions come from the random numbers of one seed. */
final class Simulation {

    private static final int PINNED_PERCENT = 10;
    private static final int EXPIRING_PERCENT = 30;

    /** How many requests are waiting, and how many are running, when Jenkins is stopped. */
    private static final int IN_FLIGHT = 4;

    private final World world;
    private final List<String> held = new ArrayList<>();
    private final Map<FaultKind, Fault> faults = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> happened = new EnumMap<>(FaultKind.class);

    /** What happens next: each kind once, and then as often as its weight says before any happens more often. */
    private final List<FaultKind> drawn = new ArrayList<>();

    Simulation(World world) {
        this.world = world;
        AgentFaults.addTo(faults);
        QueueFaults.addTo(faults);
        ScriptFaults.addTo(faults);
        JenkinsFaults.addTo(faults);
        faults.keySet().retainAll(world.settings.kinds());
        drawn.addAll(faults.keySet());
    }

    /** Creates two thirds of the stagings. */
    void begin(JenkinsRule rule) throws Exception {
        world.create(rule);
        for (String name : world.names) {
            if (world.random.nextInt(3) > 0) {
                world.request(name, Kind.CREATE);
            }
        }
        new Comparison(world).run();
        for (Staging staging : world.stagings()) {
            chooseLifetime(staging);
        }
    }

    private void chooseLifetime(Staging staging) throws RefusalException {
        int percent = world.random.nextInt(100);
        StagingModel model = world.model.of(staging.getName());
        if (percent < PINNED_PERCENT) {
            LifetimeService.pin(staging);
            model.pinned = true;
        } else if (percent < PINNED_PERCENT + EXPIRING_PERCENT) {
            int days = 1 + world.random.nextInt(6);
            LifetimeService.expire(staging, Expiry.afterDays(days));
            model.expiryDays = days;
        }
    }

    void step(int number) throws Exception {
        world.beginStep(number);
        int perStep = world.settings.requestsPerDay() / world.settings.stepsPerDay();
        int requests = perStep + (chance(world.settings.requestsPerDay() % world.settings.stepsPerDay()) ? 1 : 0);
        for (int i = 0; i < requests; i++) {
            String name = world.anyName();
            world.request(name, world.kind(world.staging(name)));
        }
        look();
        int perDay = world.settings.faultsPerDay();
        int count = perDay / world.settings.stepsPerDay() + (chance(perDay % world.settings.stepsPerDay()) ? 1 : 0);
        for (int i = 0; i < count && !faults.isEmpty(); i++) {
            happen(draw());
        }
        look();
        new Comparison(world).run();
    }

    private FaultKind draw() {
        if (drawn.isEmpty()) {
            for (FaultKind kind : faults.keySet()) {
                for (int i = 0; i < kind.weight(); i++) {
                    drawn.add(kind);
                }
            }
        }
        return drawn.remove(world.random.nextInt(drawn.size()));
    }

    /** Whether something happens in this step that happens so often a day, besides what happens in each step. */
    private boolean chance(int perDay) {
        return world.random.nextInt(world.settings.stepsPerDay()) < perDay;
    }

    static void look() {
        ExtensionList.lookupSingleton(MaintenanceWork.class).runAll();
    }

    private void happen(FaultKind kind) throws Exception {
        world.log.add(null, "fault " + kind);
        happened.merge(kind, 1, Integer::sum);
        faults.get(kind).happen(world);
    }

    /** All faults are over, and all is as promised. */
    void end() throws Exception {
        world.heal();
        new Comparison(world).run();
    }

    /**
     * Something is waiting and something is running when Jenkins is stopped or killed. An older queue is kept: Jenkins stores it
     * up to a minute late. A kill can't be had within the process of a test: what was on the disk then is put back instead.
     */
    void stop(Path home) throws Exception {
        Path queue = queue(home);
        world.heal();
        new Comparison(world).run();
        QueueFaults.whileNothingRuns(world, same -> {
            requestSome();
            TestProject.await("the answers", () -> world.areAllAnswered() ? true : null);
            Queue.getInstance().save();
            Files.copy(queue, oldQueue(queue), StandardCopyOption.REPLACE_EXISTING);
        });
        new Comparison(world).run();
        for (int i = 0; i < IN_FLIGHT; i++) {
            Optional<Staging> staging = world.anyIdle();
            if (staging.isPresent() && world.begin(staging.get(), world.kind(staging.get()), Mode.HOLD)) {
                held.add(staging.get().getName());
            }
        }
        boolean killed = world.random.nextBoolean();
        QueueFaults.whileNothingRuns(world, same -> {
            requestSome();
            TestProject.await("the answers", () -> world.areAllAnswered() ? true : null);
            if (killed) {
                // From now on nothing begins, and upkeep asks for nothing.
                world.rule().jenkins.doQuietDown();
                diskState(home).take();
            }
        });
        world.log.add(null, killed ? "Jenkins is killed" : "Jenkins stops");
    }

    /** Within Jenkins' home directory, which is deleted with all else. */
    private static DiskState diskState(Path home) {
        return new DiskState(home, home.resolve("killed"));
    }

    private static Path queue(Path home) {
        return home.resolve("queue.xml");
    }

    private void requestSome() {
        for (int i = 0; i < IN_FLIGHT; i++) {
            String name = world.anyName();
            world.request(name, world.kind(world.staging(name)));
        }
    }

    private static Path oldQueue(Path queue) {
        return queue.resolveSibling("old-queue");
    }

    /** Jenkins is down: its queue is what it stored in good order, what a kill leaves, or lost. */
    void whileStopped(Path home) throws Exception {
        Path queue = queue(home);
        diskState(home).putBack();
        int choice = world.random.nextInt(3);
        if (choice == 0) {
            world.log.add(null, "the queue is lost");
            Files.deleteIfExists(queue);
        } else if (choice == 1) {
            world.log.add(null, "the queue is an old one");
            Files.copy(oldQueue(queue), queue, StandardCopyOption.REPLACE_EXISTING);
        }
        if (world.random.nextBoolean()) {
            release();
        }
    }

    /** Jenkins was started again. */
    void goOn(JenkinsRule rule) throws Exception {
        world.attach(rule);
        release();
        new Comparison(world).run();
    }

    private void release() throws IOException {
        for (String name : held) {
            world.scripts.release(name);
        }
        held.clear();
    }

    Map<FaultKind, Integer> happened() {
        return happened;
    }
}
