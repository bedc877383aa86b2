package io.jenkins.plugins.octopod.staging.sweep;

import hudson.model.Slave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.SetClock;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import jenkins.security.MasterToSlaveCallable;
import org.jvnet.hudson.test.JenkinsRule;

/** A project whose stagings say how they are in files, and whose sweeps begin when a test says so. */
final class SweptProject {

    static final Duration INTERVAL = Duration.ofSeconds(15);

    final TestProject demo;
    final ScriptDirectory scripts;
    final SetClock clock = new SetClock();
    final CheckSettings checks = new CheckSettings();

    private SweptProject(TestProject demo, ScriptDirectory scripts) {
        this.demo = demo;
        this.scripts = scripts;
    }

    /** Agents are the caller’s. */
    static SweptProject create(JenkinsRule jenkins, Path directory) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        for (ControlScript script : List.of(ControlScript.CHECK, ControlScript.ARCHIVE_CHECK, ControlScript.INFO)) {
            // What a test wants a script to do for a staging is in a file; that it was asked is noted in another.
            String told = "'" + directory + "'/" + script + "-$8";
            scripts.with(
                    script,
                    "cd '" + directory + "'\necho \"$OLDPWD\" >>" + script + "-asked-$8\nif test -f " + told
                            + "; then . " + told + "; fi");
        }
        SweptProject swept = new SweptProject(TestProject.withScripts(jenkins, scripts.path()), scripts);
        swept.demo.project.setChecks(swept.checks);
        Sweeps.get().byHand(swept.clock);
        // From now on the project is known, and due within an interval.
        Sweeps.get().tick();
        return swept;
    }

    /** Creates stagings, which run. */
    void create(String... names) throws Exception {
        for (String name : names) {
            demo.finished(demo.submit(Kind.CREATE, name));
            if (staging(name).getStatus() != Status.Running) {
                throw new AssertionError(name + " is " + staging(name).getStatus());
            }
        }
    }

    Staging staging(String name) {
        return demo.staging(name);
    }

    /** What a script does from now on for that staging. */
    void tell(ControlScript script, String name, String body) throws IOException {
        Path beside = scripts.file("new");
        Files.writeString(beside, body + "\n");
        Files.move(
                beside,
                scripts.file(script + "-" + name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** In whose directories the agents were asked, one after the other. */
    List<String> asked(ControlScript script, String name) throws IOException {
        Path file = scripts.file(script + "-asked-" + name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    int checks(String name) throws IOException {
        return asked(ControlScript.CHECK, name).size();
    }

    /** Begins a sweep, and waits for something that comes of it. */
    void sweepUntil(String what, BooleanSupplier reached) throws Exception {
        clock.goOn(INTERVAL);
        tickUntil(what, reached);
    }

    /** Lets a sweep that has begun go on, without beginning another. */
    void tickUntil(String what, BooleanSupplier reached) throws Exception {
        TestProject.await(what, () -> {
            Sweeps.get().tick();
            return reached.getAsBoolean() ? what : null;
        });
    }

    /** A whole sweep over those stagings. */
    void sweep(String... names) throws Exception {
        clock.goOn(INTERVAL);
        for (String name : names) {
            tickUntil(
                    name + " to be checked",
                    () -> staging(name).lastChecked().equals(clock.instant())
                            || staging(name).staleSince() != null);
        }
    }

    void await(String file) throws Exception {
        TestProject.await(file, () -> Files.exists(scripts.file(file)) ? file : null);
    }

    /** The process that is the agent. */
    static ProcessHandle process(Slave agent) throws Exception {
        return ProcessHandle.of(agent.getChannel().call(new Pid())).orElseThrow();
    }

    private static final class Pid extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }
}
