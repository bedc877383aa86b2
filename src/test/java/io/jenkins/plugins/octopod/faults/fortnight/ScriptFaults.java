package io.jenkins.plugins.octopod.faults.fortnight;

import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.faults.fortnight.FaultKind.Fault;
import io.jenkins.plugins.octopod.faults.fortnight.FortnightScripts.Mode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** What goes wrong with scripts, and with what they have deployed. */
final class ScriptFaults {

    private static final List<String> STATES = List.of("up", "up", "partly", "broken");
    private static final List<String> FILES = List.of("pid", "stdout", "stderr", "work", "exit.part");
    private static final String CONFIG = "the configuration can't be had";

    private ScriptFaults() {}

    static void addTo(Map<FaultKind, Fault> faults) {
        faults.put(
                FaultKind.GARBAGE_PRINTED,
                world -> begin(world, world.random.nextBoolean() ? Mode.GARBAGE : Mode.GARBAGE_FAIL));
        faults.put(FaultKind.SCRIPT_SIGNALLED, world -> begin(world, Mode.SIGNAL));
        faults.put(FaultKind.SCRIPT_FAILED, world -> begin(world, Mode.FAIL));
        faults.put(FaultKind.SCRIPT_HANGS, ScriptFaults::hang);
        faults.put(FaultKind.DEPLOYMENT_BROKEN, ScriptFaults::breakDeployment);
        faults.put(FaultKind.FILE_DELETED, ScriptFaults::deleteFile);
        faults.put(FaultKind.FILES_OF_ANOTHER_CLOCK, ScriptFaults::moveTimes);
        faults.put(FaultKind.CONFIG_FAILS, ScriptFaults::failConfiguration);
    }

    private static boolean begin(World world, Mode mode) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        return staging.isPresent() && world.begin(staging.get(), world.kind(staging.get()), mode);
    }

    /** The time limit of a script is fixed when it is started. */
    private static void hang(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isPresent()) {
            OctopodProject project = staging.get().getParent();
            int before = project.getScriptTimeout();
            project.setScriptTimeout(2);
            try {
                world.begin(staging.get(), world.kind(staging.get()), Mode.HANG);
            } finally {
                project.setScriptTimeout(before);
            }
        }
    }

    private static void breakDeployment(World world) throws IOException {
        Staging staging = world.staging(world.anyName());
        if (staging == null) {
            return;
        }
        // Requests are accepted under that lock: none is while the state is set.
        synchronized (staging.getParent()) {
            Status status = staging.getStatus();
            if (!staging.isBusy() && (status == Status.Running || status.isFailure())) {
                String state = STATES.get(world.random.nextInt(STATES.size()));
                world.log.add(staging.getName(), "its deployment is " + state);
                world.scripts.setState(staging.getName(), state);
            }
        }
    }

    private static void deleteFile(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || !world.begin(staging.get(), world.kind(staging.get()), Mode.HOLD)) {
            return;
        }
        String name = staging.get().getName();
        String file = FILES.get(world.random.nextInt(FILES.size()));
        Path directory = directory(world.scripts.lastScript(name).split(" ")[0]);
        world.log.add(name, "its " + directory.resolve(file) + " is deleted");
        FileUtils.deleteQuietly(directory.resolve(file).toFile());
        world.scripts.release(name);
    }

    private static void moveTimes(World world) throws Exception {
        Optional<Staging> staging = world.anyIdle();
        if (staging.isEmpty() || !world.begin(staging.get(), world.kind(staging.get()), Mode.HOLD)) {
            return;
        }
        String name = staging.get().getName();
        Duration error = Duration.ofMinutes(world.random.nextInt(-120, 120));
        world.log.add(name, "its files have times that are off by " + error);
        Path directory = directory(world.scripts.lastScript(name).split(" ")[0]);
        FileTime time = FileTime.from(Instant.now().plus(error));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, time);
            }
        }
        world.scripts.release(name);
    }

    /** Where what waits for a script keeps its files: it has gone to the directory where the script works. */
    private static Path directory(String process) throws IOException {
        String[] fields = Files.readString(Path.of("/proc/" + process + "/stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ");
        return Files.readSymbolicLink(Path.of("/proc/" + fields[1] + "/cwd")).getParent();
    }

    private static void failConfiguration(World world) throws IOException {
        if (world.isLasting(FaultKind.CONFIG_FAILS)) {
            return;
        }
        String script = world.random.nextBoolean() ? "config_check" : "deployment_config";
        world.log.add(null, script + " fails");
        world.model.excuseAll(CONFIG);
        world.scripts.fail(script, true);
        world.until(FaultKind.CONFIG_FAILS, 1 + world.random.nextInt(2), false, () -> {
            world.scripts.fail(script, false);
            world.model.excuseNoMore(CONFIG);
            return null;
        });
    }
}
