package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.management.OperatingSystemMXBean;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.tasks.Shell;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The start of a Jenkins that has 2,000 stagings of ten runs each, beside the start of one that has as many freestyle jobs
 * with as many builds in a folder, and of one that has neither. In turn, each in a JVM of its own; from the start of the
 * process until Jenkins answers. The heap is what is left after garbage collection then.
 */
@Tag("benchmark")
class StartBenchmark {

    private static final int ITEMS = 2000;
    private static final int RUNS = 10;
    private static final int ROUNDS = 7;

    /** The agent is yet to come when Jenkins has started, as it mostly is. */
    private static final String LABEL = TestProject.LABEL;

    @RegisterExtension
    private final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().javaOptions("-Xmx2g").withTimeout(0);

    /** What there is in a Jenkins, by the directory that it is in. */
    private enum Contents {
        STAGINGS("demo"),
        FREESTYLE("freestyle"),
        NOTHING("nothing");

        private final String directory;

        Contents(String directory) {
            this.directory = directory;
        }
    }

    /** One start: from the process’ start until Jenkins answers, the processor time until then, and the heap. */
    private record Start(double millis, double cpuMillis, double heapMegabytes) {}

    @Test
    void start() throws Throwable {
        Path home = jenkins.getHome().toPath();
        prepare(home);
        Map<Contents, List<Start>> starts = new LinkedHashMap<>();
        for (int i = 0; i <= ROUNDS; i++) {
            for (Contents contents : Contents.values()) {
                Start start = start(home, contents);
                // The first reads files that the others find in the system’s cache.
                if (i > 0) {
                    starts.computeIfAbsent(contents, key -> new ArrayList<>()).add(start);
                }
            }
        }
        Report report = new Report("start");
        row(report, "ms", starts, Start::millis);
        row(report, "CPU ms", starts, Start::cpuMillis);
        row(report, "heap MB", starts, Start::heapMegabytes);
        report.finish();
    }

    private static void row(
            Report report, String figure, Map<Contents, List<Start>> starts, ToDoubleFunction<Start> value) {
        double stagings = median(starts.get(Contents.STAGINGS), value);
        double freestyle = median(starts.get(Contents.FREESTYLE), value);
        double nothing = median(starts.get(Contents.NOTHING), value);
        report.add(
                "items",
                ITEMS,
                "figure",
                figure,
                "stagings",
                stagings,
                "freestyle jobs",
                freestyle,
                "neither",
                nothing,
                "stagings/jobs",
                stagings / freestyle,
                "the same, less neither",
                (stagings - nothing) / (freestyle - nothing));
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
        return starts.stream().mapToDouble(value).sorted().toArray()[starts.size() / 2];
    }

    private Start start(Path home, Contents contents) throws Throwable {
        for (Contents each : Contents.values()) {
            Path there = home.resolve("jobs").resolve(each.directory);
            Path away = home.resolve("away").resolve(each.directory);
            if (each == contents && Files.exists(away)) {
                Files.move(away, there);
            } else if (each != contents && Files.exists(there)) {
                Files.move(there, away);
            }
        }
        long begin = System.nanoTime();
        jenkins.startJenkins();
        double millis = (System.nanoTime() - begin) / 1e6;
        double[] inside = jenkins.runRemotely(StartBenchmark::look, contents == Contents.NOTHING ? 0 : ITEMS);
        jenkins.stopJenkins();
        return new Start(millis, inside[0], inside[1]);
    }

    private static double[] look(JenkinsRule rule, Integer items) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double cpu = system.getProcessCpuTime() / 1e6;
        assertEquals(items, rule.jenkins.getAllItems(Job.class).size());
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return new double[] {cpu, memory.getHeapMemoryUsage().getUsed() / 1048576.0};
    }

    /** One of each really runs; the others are copies of their files. */
    private void prepare(Path home) throws Throwable {
        File scripts = new ScriptDirectory(Files.createDirectory(home.resolve("scripts")))
                .path()
                .toFile();
        jenkins.startJenkins();
        jenkins.runRemotely(StartBenchmark::make, scripts);
        jenkins.stopJenkins();
        Files.createDirectories(home.resolve("away"));
        Path jobs = home.resolve("jobs");
        for (Contents contents : List.of(Contents.STAGINGS, Contents.FREESTYLE)) {
            ManyStagings.fillUp(jobs.resolve(contents.directory).resolve("jobs").resolve("model"), ITEMS);
        }
    }

    private static void make(JenkinsRule rule, File scripts) throws Exception {
        rule.jenkins.setLabelString(LABEL);
        TestProject project = TestProject.withScripts(rule, scripts.toPath());
        project.project.setChecks(new CheckSettings());
        project.project.save();
        project.finished(project.submit(Kind.CREATE, "model", "COLOR=blue", "GREETING=Hello", "TEAM=cactus"));
        for (int i = 1; i < RUNS; i++) {
            project.finished(project.submit(Kind.UPDATE, "model", "COLOR=blue", "GREETING=Hello", "TEAM=run-" + i));
        }
        Staging staging = project.staging("model");
        assertEquals(Status.Running, staging.getStatus());
        assertEquals(RUNS, staging.getLastBuild().getNumber());

        FreeStyleProject job = rule.createProject(Folder.class, Contents.FREESTYLE.directory)
                .createProject(FreeStyleProject.class, "model");
        job.getBuildersList().add(new Shell("true"));
        job.save();
        for (int i = 0; i < RUNS; i++) {
            rule.buildAndAssertSuccess(job);
        }
        rule.jenkins.setLabelString("");
        rule.jenkins.save();
    }
}
