package io.jenkins.plugins.octopod.faults.fortnight;

import hudson.model.Queue;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.lifetime.Expiry;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import io.jenkins.plugins.octopod.staging.request.LifetimeService;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes wrong between a request and its script: in the queue, by other plugins, and by people who change their minds. */
final class QueueFaults {

    private static final String DECISION = "another plugin refuses to queue it";

    private QueueFaults() {}

    static void addTo(Map<FaultKind, Fault> faults) {
        faults.put(FaultKind.FOREIGN_ITEM, QueueFaults::queueByOthers);
        faults.put(FaultKind.ITEM_CANCELLED, QueueFaults::cancel);
        faults.put(FaultKind.RUN_ABORTED, world -> abort(world, Mode.HOLD));
        faults.put(FaultKind.STUBBORN_ABORTED, world -> abort(world, Mode.STUBBORN));
        faults.put(FaultKind.TWO_REQUESTERS, QueueFaults::requestTwice);
        faults.put(FaultKind.PINNED, QueueFaults::pin);
        faults.put(FaultKind.CHANGED_WHILE_WAITING, QueueFaults::changeWhileWaiting);
        faults.put(FaultKind.DECISION_FAILS, QueueFaults::failDecisions);
        faults.put(FaultKind.LISTENER_FAILS, world -> world.until(FaultKind.LISTENER_FAILS, 1, false, () -> null));
    }

    private static void queueByOthers(World world) {
        Staging staging = world.staging(world.anyName());
        if (staging != null) {
            world.log.add(staging.getName(), "something else queues it");
            try {
                Queue.getInstance().schedule2(staging, 0, List.of());
            } catch (IllegalStateException e) {
                world.log.add(staging.getName(), "it isn't queued: " + e.getMessage());
            }
        }
    }

    /** Nothing gets an executor while that is done. */
    static void whileNothingRuns(World world, Fault fault) throws Exception {
        List<String> online = world.agents.online();
        for (String agent : online) {
            world.agents.computer(agent).setAcceptingTasks(false);
        }
        try {
            fault.happen(world);
        } finally {
            for (String agent : online) {
                world.agents.computer(agent).setAcceptingTasks(true);
            }
            Queue.getInstance().scheduleMaintenance();
        }
    }

    private static void cancel(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || world.isLasting(FaultKind.AGENT_STOPPED)) {
            return;
        }
        whileNothingRuns(world, same -> {
            String name = staging.get().getName();
            AcceptedRequest accepted =
                    world.request(name, world.kind(staging.get())).get();
            if (accepted != null) {
                world.model.excuse(name, "its item is cancelled");
                boolean cancelled = Queue.getInstance().cancel(staging.get());
                world.log.add(name, cancelled ? "its item is cancelled" : "it has no item that could be cancelled");
            }
        });
    }

    private static void abort(World world, Mode mode) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isPresent() && world.begin(staging.get(), world.kind(staging.get()), mode)) {
            String name = staging.get().getName();
            world.log.add(name, "is aborted");
            StagingService.abort(staging.get());
            TestProject.await(name + " to be free", () -> world.isBusy(staging.get()) ? null : true);
            world.scripts.release(name);
        }
    }

    private static void requestTwice(World world) {
        String name = world.anyName();
        for (int i = 0; i < 2 + world.random.nextInt(2); i++) {
            world.request(name, world.kind(world.staging(name)));
        }
    }

    private static void pin(World world) throws RefusalException {
        Staging staging = world.staging(world.anyName());
        if (staging == null) {
            return;
        }
        StagingModel model = world.model.of(staging.getName());
        if (staging.isPinned()) {
            world.log.add(staging.getName(), "is unpinned");
            model.pinned = false;
            LifetimeService.unpin(staging);
        } else if (!staging.isBusy()) {
            world.log.add(staging.getName(), "is pinned");
            LifetimeService.pin(staging);
            model.pinned = true;
            world.model.excuse(staging.getName(), "it was pinned"); // Jenkins may just have asked for something
        }
    }

    /** Archiving that was due isn't any more when its turn comes. */
    private static void changeWhileWaiting(World world) throws Exception {
        Optional<Staging> idle = world.anyIdle();
        if (idle.isEmpty() || idle.get().isPinned() || idle.get().getStatus().isArchived()) {
            return;
        }
        Staging staging = idle.get();
        StagingModel model = world.model.of(staging.getName());
        LifetimeService.expire(staging, Expiry.afterDays(1));
        model.expiryDays = 1;
        whileNothingRuns(world, same -> {
            Simulation.look();
            if (!staging.isBusy() || staging.unfinishedRun() != null) {
                return;
            }
            if (world.random.nextBoolean()) {
                world.log.add(staging.getName(), "is pinned while it waits");
                LifetimeService.pin(staging);
                model.pinned = true;
                world.model.forbid(staging.getName(), "it was pinned meanwhile");
            } else {
                world.log.add(staging.getName(), "never expires any more, while it waits");
                LifetimeService.expire(staging, Expiry.afterDays(0));
                model.expiryDays = 0;
                world.model.forbidExpiry(staging.getName());
            }
            world.model.excuse(staging.getName(), "what Jenkins asked for isn't due any more");
        });
    }

    private static void failDecisions(World world) {
        world.model.excuseAll(DECISION);
        world.until(FaultKind.DECISION_FAILS, 1, false, () -> {
            world.model.excuseNoMore(DECISION);
            return null;
        });
    }
}
