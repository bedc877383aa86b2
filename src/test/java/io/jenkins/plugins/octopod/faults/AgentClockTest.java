package io.jenkins.plugins.octopod.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.fixtures.WithSharedJenkins;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Agents, and file systems of agents, whose clock is wrong or is set while a script runs. */
@WithSharedJenkins
class AgentClockTest {

    private static final List<Path> FAKETIME_LIBRARIES = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
            .map(machine -> Path.of("/usr/lib", machine, "faketime/libfaketimeMT.so.1"))
            .toList();

    @TempDir
    private Path directory;

    private ScriptDirectory scripts;
    private TestProject demo;
    private JenkinsRule jenkins;

    @BeforeEach
    void writeScripts(JenkinsRule rule) throws Exception {
        jenkins = rule;
        scripts = new ScriptDirectory(directory.resolve("scripts"));
        demo = TestProject.withScripts(rule, scripts.path());
        scripts.with(
                ControlScript.CREATE,
                "cd '" + scripts.path() + "'; echo before; while [ ! -e more ]; do sleep 0.1; done; echo more; "
                        + "while [ ! -e go ]; do sleep 0.1; done; touch state");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -3, 3600})
    void filesHaveTimesOfAnotherClock(long seconds) throws Exception {
        Slave agent = agent(null);
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        try (Stream<Path> files = Files.walk(Path.of(agent.getRemoteFS(), "octopod"))) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
            }
        }
        runsToItsEnd(create, run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5m", "+5m"})
    void agentHasAWrongClock(String offset) throws Exception {
        agent(fakedTime(directory.resolve("offset"), offset));
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        runsToItsEnd(create, demo.printing(create, "before"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1h", "+1h"})
    void clockOfAnAgentIsSet(String offset) throws Exception {
        Path file = directory.resolve("offset");
        agent(fakedTime(file, "+0"));
        AcceptedRequest create = demo.submit(Kind.CREATE, "a1");
        StagingRun run = demo.printing(create, "before");
        set(file, offset);
        runsToItsEnd(create, run);
    }

    /** What the script prints comes in by a look that sees also whether the script runs. */
    private void runsToItsEnd(AcceptedRequest create, StagingRun run) throws Exception {
        Files.createFile(scripts.file("more"));
        jenkins.waitForMessage("more", run);
        assertTrue(run.isBuilding() && run.scriptOutcome() == null, () -> run + " " + run.getReason());
        Files.createFile(scripts.file("go"));
        jenkins.assertBuildStatus(Result.SUCCESS, demo.finished(create));
    }

    private static void set(Path file, String offset) throws IOException {
        Path beside = Files.writeString(file.resolveSibling("beside"), offset + "\n");
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Variables by which a process, and all that it starts, has a clock that is off by what the file says. */
    private static EnvVars fakedTime(Path file, String offset) throws IOException {
        Path library =
                FAKETIME_LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "libfaketime isn't installed");
        set(file, offset);
        return new EnvVars(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Else it shortens each wait of Java.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private Slave agent(EnvVars environment) throws Exception {
        DumbSlave agent = new DumbSlave(
                "agent", directory.resolve("agent").toString(), jenkins.createComputerLauncher(environment));
        agent.setLabelString(TestProject.LABEL);
        agent.setRetentionStrategy(new RetentionStrategy.Always());
        TestProject.addAgent(jenkins, agent);
        return agent;
    }
}
