package io.jenkins.plugins.octopod.engine.bench;

import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.process.ProcessCookie;
import io.jenkins.plugins.octopod.engine.process.ProcessTree;
import io.jenkins.plugins.octopod.engine.process.ScriptCommand;
import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import io.jenkins.plugins.octopod.engine.process.ScriptResult.Termination;
import io.jenkins.plugins.octopod.engine.process.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the scripts of one scenario, and tracks the processes that they have started. */
final class ScriptCaller {

    /** Scripts that only read, so that their processes must end with them. */
    private static final Set<ControlScript> ONLY_LOOK = EnumSet.of(
            ControlScript.CHECK,
            ControlScript.ARCHIVE_CHECK,
            ControlScript.CONFIG_CHECK,
            ControlScript.INFO,
            ControlScript.DEPLOYMENT_CONFIG,
            ControlScript.DEPLOYMENT_CONFIG_KEYS,
            ControlScript.APPLICATION_CONFIG,
            ControlScript.APPLICATION_CONFIG_KEYS,
            ControlScript.TAGS);

    private static final int OUTPUT_LIMIT = 4 << 20;

    /** Time in which processes may continue after their script or after the scenario. */
    private static final Duration GRACE_PERIOD = Duration.ofSeconds(2);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final ScriptDirectory directory;
    private final Duration timeout;
    private final ScriptRunner runner = new ScriptRunner(OUTPUT_LIMIT);

    /** Cookie of all processes of the scenario. */
    private final ProcessCookie life =
            new ProcessCookie("OCTOPOD_BENCH", ProcessCookie.unique().value());

    /** Scripts by the cookies of their runs. */
    private final Map<ProcessCookie, ControlScript> runs = new LinkedHashMap<>();

    /**
     * Creates the caller.
     *
     * @param timeout time limit of each script
     */
    ScriptCaller(ScriptDirectory directory, Duration timeout) {
        this.directory = directory;
        this.timeout = timeout;
    }

    Attempt call(ControlScript script, List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(directory.file(script).toString());
        command.addAll(arguments);
        ProcessCookie run = ProcessCookie.unique();
        runs.put(run, script);
        Map<String, String> environment = Map.of(run.variable(), run.value(), life.variable(), life.value());
        ScriptResult result = runner.run(new ScriptCommand(command, null, environment, timeout));
        List<String> left = List.of();
        if (ONLY_LOOK.contains(script) && result.end() == Termination.EXITED) {
            left = leftAfterGracePeriod(run).stream()
                    .map(ScriptCaller::describe)
                    .toList();
            if (!left.isEmpty()) {
                new ProcessTree(null, run).kill(GRACE_PERIOD);
            }
        }
        return new Attempt(script, List.copyOf(command), result, left);
    }

    /** Returns the scenario's processes that still run, with the script that started each. */
    List<String> leftoverProcesses() throws InterruptedException {
        List<String> left = new ArrayList<>();
        Set<ProcessHandle> processes = leftAfterGracePeriod(life);
        if (!processes.isEmpty()) {
            runs.forEach((run, script) -> run.processes().stream()
                    .map(process -> describe(process) + " of “" + script + "”")
                    .forEach(left::add));
        }
        return left;
    }

    /** Kills the scenario's processes that still run. */
    void killProcesses() {
        new ProcessTree(null, life).kill(GRACE_PERIOD);
    }

    private static Set<ProcessHandle> leftAfterGracePeriod(ProcessCookie cookie) throws InterruptedException {
        long start = System.nanoTime();
        Set<ProcessHandle> left = cookie.processes();
        while (!left.isEmpty() && System.nanoTime() - start < GRACE_PERIOD.toNanos()) {
            Thread.sleep(POLL_INTERVAL.toMillis());
            left = cookie.processes();
        }
        return new LinkedHashSet<>(left);
    }

    private static String describe(ProcessHandle process) {
        String command = process.info()
                .commandLine()
                .or(() -> process.info().command())
                .map(BenchFormat::printable)
                .orElse("a process");
        return "“" + command + "” (pid " + process.pid() + ")";
    }
}
