package io.jenkins.plugins.octopod.faults.fortnight;

import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with agents, their machines and their connections. */
final class AgentFaults {

    private static final String POD = "pod";

    private AgentFaults() {}

    static void addTo(Map<FaultKind, Fault> faults) {
        faults.put(FaultKind.AGENT_KILLED, AgentFaults::kill);
        faults.put(FaultKind.DROPPED_IN_SCRIPT, AgentFaults::dropInScript);
        faults.put(FaultKind.DROPPED_IN_INIT, AgentFaults::dropInInit);
        faults.put(FaultKind.DROPPED_IN_CHECK, AgentFaults::dropInCheck);
        faults.put(FaultKind.DROPPED_IN_CONFIG, AgentFaults::dropInConfigCheck);
        faults.put(FaultKind.DROPPED_IN_KILL, AgentFaults::dropInKill);
        faults.put(FaultKind.AGENT_STOPPED, AgentFaults::stop);
        faults.put(FaultKind.MACHINE_REBOOTED, AgentFaults::reboot);
        faults.put(FaultKind.POD_GONE, AgentFaults::removePod);
        faults.put(FaultKind.AGENT_REMOVED, AgentFaults::removeAgent);
        faults.put(FaultKind.PATIENCE_OVER, AgentFaults::exceedPatience);
    }

    /** A staging whose script is held, and the agent that it runs on. */
    private record Held(Staging staging, String name, String agent) {}

    /** Empty where it doesn't come to that. */
    private static Optional<Held> hold(World world, Mode mode) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || !world.begin(staging.get(), world.kind(staging.get()), mode)) {
            return Optional.empty();
        }
        String name = staging.get().getName();
        String[] noted = world.scripts.lastScript(name).split(" ");
        return Optional.of(new Held(staging.get(), name, noted[noted.length - 1]));
    }

    /** What is going on there, and hasn't begun, may be lost. */
    static void mayBeLost(World world, String agent) {
        for (Staging staging : world.stagings()) {
            StagingRun run = staging.isBusy() ? staging.unfinishedRun() : null;
            if (run != null && agent.equals(run.agentName())) {
                world.model.mayBeLost(staging.getName());
            }
        }
    }

    private static void kill(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.HOLD);
        if (held.isEmpty()) {
            return;
        }
        String agent = held.get().agent();
        mayBeLost(world, agent);
        world.agents.kill(agent);
        boolean releasedBefore = world.random.nextBoolean();
        if (releasedBefore) {
            world.scripts.release(held.get().name());
        }
        if (world.random.nextBoolean() || world.agents.online().size() < 2) {
            world.agents.connect(agent);
            world.scripts.release(held.get().name());
        } else {
            world.until(FaultKind.AGENT_KILLED, 1 + world.random.nextInt(2), true, () -> {
                world.agents.connect(agent);
                world.scripts.release(held.get().name());
                return null;
            });
        }
    }

    private static void dropInScript(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.HOLD);
        if (held.isPresent()) {
            drop(world, held.get().agent());
            world.agents.connect(held.get().agent());
            world.scripts.release(held.get().name());
        }
    }

    private static void drop(World world, String agent) throws Exception {
        mayBeLost(world, agent);
        world.agents.drop(agent);
    }

    /** The script has ended by then: following it doesn't need {@code init}, and asking how the staging is does. */
    private static void dropInInit(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.HOLD);
        if (held.isEmpty()) {
            return;
        }
        String agent = held.get().agent();
        Staging staging = held.get().staging();
        drop(world, agent);
        long before = world.scripts.waited("init");
        world.scripts.hold("init");
        world.scripts.release(held.get().name());
        try {
            world.agents.connect(agent);
            TestProject.await(
                    "init", () -> world.scripts.waited("init") > before || !world.isBusy(staging) ? true : null);
            drop(world, agent);
        } finally {
            world.scripts.release("init");
        }
        world.agents.connect(agent);
    }

    private static void dropInCheck(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty()) {
            return;
        }
        String name = staging.get().getName();
        String phase = "check-" + name;
        long before = world.scripts.waited(phase);
        world.scripts.hold(phase);
        try {
            if (world.begin(staging.get(), world.kind(staging.get()), Mode.NONE)) {
                TestProject.await(
                        phase,
                        () -> world.scripts.waited(phase) > before || !world.isBusy(staging.get()) ? true : null);
                StagingRun run = staging.get().unfinishedRun();
                if (run != null && world.agents.online().contains(run.agentName())) {
                    drop(world, run.agentName());
                    world.agents.connect(run.agentName());
                }
            }
        } finally {
            world.scripts.release(phase);
        }
    }

    /** Nobody can tell which agent is asked, so all are dropped. */
    private static void dropInConfigCheck(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || world.isBlocked() || world.isLasting(FaultKind.CONFIG_FAILS)) {
            return;
        }
        Kind kind = world.kind(staging.get());
        if (kind == Kind.ARCHIVE) {
            return;
        }
        String phase = "config-" + staging.get().getName();
        long before = world.scripts.waited(phase);
        world.scripts.hold(phase);
        try {
            var answer = world.request(staging.get().getName(), kind);
            TestProject.await(phase, () -> world.scripts.waited(phase) > before || answer.isDone() ? true : null);
            for (String agent : world.agents.online()) {
                drop(world, agent);
            }
        } finally {
            world.scripts.release(phase);
        }
        for (String agent : world.agents.names()) {
            world.agents.connect(agent);
        }
    }

    private static void dropInKill(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.STUBBORN);
        if (held.isPresent()) {
            StagingService.abort(held.get().staging());
            drop(world, held.get().agent());
            world.agents.connect(held.get().agent());
            world.scripts.release(held.get().name());
        }
    }

    private static void stop(World world) throws Exception {
        List<String> online = world.agents.online();
        if (online.size() < 2 || world.isBlocked()) {
            return;
        }
        String agent = online.get(world.random.nextInt(online.size()));
        world.agents.stop(agent);
        // It has been asked of stagings then, and doesn't answer.
        world.time.leap(Duration.ofSeconds(World.INTERVAL_SECONDS + 1));
        CheckScheduler.get().tick();
        world.until(FaultKind.AGENT_STOPPED, 1 + world.random.nextInt(2), true, () -> {
            world.agents.goOn(agent);
            return null;
        });
    }

    private static void reboot(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.HOLD);
        if (held.isPresent()) {
            String agent = held.get().agent();
            mayBeLost(world, agent);
            world.agents.kill(agent);
            world.agents.killScripts(agent, world.scripts.home());
            world.agents.connect(agent);
            world.scripts.release(held.get().name());
        }
    }

    private static void removePod(World world) throws Exception {
        String pod = POD + world.random.nextInt(1_000_000);
        world.agents.addPod(world.rule(), pod);
        // Jenkins takes the scripts of a pod for ended when it hasn't had the pod for so long.
        String patience = System.setProperty(Rules.RECONNECT_TIMEOUT, "1");
        try {
            world.model.excuseAll("patience is over");
            remove(world, pod);
            TestProject.await("its scripts to be taken for ended", () -> isClear(world, pod) ? true : null);
        } finally {
            System.setProperty(Rules.RECONNECT_TIMEOUT, patience);
            world.model.excuseNoMore("patience is over");
        }
    }

    private static boolean isClear(World world, String agent) {
        return world.stagings().stream()
                .filter(staging -> {
                    StagingRun last = staging.getLastBuild();
                    return last != null && agent.equals(last.agentName());
                })
                .noneMatch(staging -> staging.isBusy() || staging.isUnclear());
    }

    private static void removeAgent(World world) throws Exception {
        String agent = "old" + world.random.nextInt(1_000_000);
        world.agents.add(world.rule(), agent);
        remove(world, agent);
        TestProject.await("its runs to end", () -> areScriptsGivenUp(world, agent) ? true : null);
    }

    /** Whether nothing goes on there. Says of what Jenkins can't know that it has ended. */
    private static boolean areScriptsGivenUp(World world, String agent) throws RefusalException {
        boolean allGivenUp = true;
        for (Staging staging : world.stagings()) {
            StagingRun last = staging.getLastBuild();
            if (last != null && agent.equals(last.agentName())) {
                boolean unclear = !staging.isBusy() && staging.isUnclear();
                if (unclear) {
                    world.log.add(staging.getName(), "somebody says that its script has ended");
                    StagingService.confirmEnded(staging);
                }
                allGivenUp &= !staging.isBusy() && !unclear;
            }
        }
        return allGivenUp;
    }

    /** Holds a script on an agent that is to be removed, ends what runs there, and removes it. */
    private static void remove(World world, String agent) throws Exception {
        List<String> others = new ArrayList<>(world.agents.online());
        others.remove(agent);
        others.forEach(other -> world.agents.computer(other).setAcceptingTasks(false));
        Optional<Held> held;
        try {
            held = hold(world, Mode.HOLD);
        } finally {
            others.forEach(other -> world.agents.computer(other).setAcceptingTasks(true));
        }
        mayBeLost(world, agent);
        world.agents.kill(agent);
        world.agents.killScripts(agent, world.scripts.home());
        mayBeLost(world, agent);
        world.agents.remove(agent);
        if (held.isPresent()) {
            world.scripts.release(held.get().name());
        }
    }

    private static void exceedPatience(World world) throws Exception {
        Optional<Held> held = hold(world, Mode.HOLD);
        if (held.isEmpty()) {
            return;
        }
        String agent = held.get().agent();
        String patience = System.setProperty(Rules.RECONNECT_TIMEOUT, "1");
        try {
            mayBeLost(world, agent);
            world.agents.kill(agent);
            world.model.excuseAll("patience is over");
            TestProject.await("the run to be given up", () -> isGivenUp(held.get()) ? true : null);
        } finally {
            System.setProperty(Rules.RECONNECT_TIMEOUT, patience);
            world.model.excuseNoMore("patience is over");
        }
        world.agents.connect(agent);
        world.request(held.get().name(), world.kind(held.get().staging())).get();
        world.until(FaultKind.PATIENCE_OVER, 1, true, () -> {
            world.scripts.release(held.get().name());
            return null;
        });
    }

    private static boolean isGivenUp(Held held) {
        return held.staging().unfinishedRun() == null;
    }
}
