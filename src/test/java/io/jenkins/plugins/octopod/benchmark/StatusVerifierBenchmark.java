package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.octopod.engine.ControlScript;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.fixtures.ScriptDirectory;
import io.jenkins.plugins.octopod.fixtures.TestProject;
import io.jenkins.plugins.octopod.project.CheckSettings;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingListener;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.checks.CheckScheduler;
import io.jenkins.plugins.octopod.staging.request.AcceptedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * For how long a staging has been running when it is shown as {@code Running}: one that is at the end of {@code create}, the
 * same beside a hundred others that are checked meanwhile, and ones that need up to 20 s more. Here it is really created;
 * beside that, what Octopod 1.x does with the same script ({@link OriginalSweep}).
 */
@Tag("benchmark")
@WithJenkins
class StatusVerifierBenchmark {

    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 41;

    /** How often the original is tried for each time that we are. */
    private static final int ORIGINALS = 20;

    private static final int OTHERS = 100;
    private static final double OTHER_CHECK_SECONDS = 0.2;
    private static final int EXECUTORS = 21;
    private static final double MAX_SECONDS = 20;

    @TempDir
    private Path directory;

    private TestProject project;
    private int created;

    @Test
    void settle(JenkinsRule jenkins) throws Exception {
        ScriptDirectory scripts = new ScriptDirectory(directory);
        String inDirectory = "cd '" + directory + "'\n";
        // When it is running is what the clock says at the very end, and as much later as is asked for.
        scripts.with(
                ControlScript.CREATE,
                inDirectory + "later=0; if test -f later-$8; then read later <later-$8; fi\n"
                        + "now=$(date +%s%N); echo $((now + later)) >ready-$8");
        scripts.with(
                ControlScript.CHECK,
                inDirectory + "case $8 in copy-*) exec sleep " + OTHER_CHECK_SECONDS + ";; esac\n"
                        + "read ready <ready-$8; test ${NOW:-$(date +%s%N)} -ge $ready");
        project = TestProject.withScripts(jenkins, directory);
        DumbSlave agent = project.connectAgent("agent");
        project.project.setStatusTimeout(60);
        project.project.setChecks(new CheckSettings());
        project.project.save();

        Report report = new Report("settling");
        atOnce(report, 0);
        project = ManyStagings.fillUp(project, project.staging("new-1"), OTHERS + created);
        // From now on they are checked again and again.
        long checksBefore = CheckScheduler.get().checks();
        TestProject.await(
                "the others to be checked",
                () -> CheckScheduler.get().checks() >= checksBefore + OTHERS ? project : null);
        atOnce(report, OTHERS);
        agent.setNumExecutors(EXECUTORS);
        jenkins.jenkins.updateNode(agent);
        atLast(report);
        report.finish();
    }

    /** One after the other, in turn with the original. */
    private void atOnce(Report report, int others) throws Exception {
        OriginalSweep original = original(others);
        List<Double> ours = new ArrayList<>();
        List<Double> originals = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            AcceptedRequest accepted = project.submit(Kind.CREATE, "new-" + ++created);
            project.finished(accepted);
            if (i >= WARM_UPS) {
                ours.add(lateness(accepted.staging()));
                for (int j = 0; j < ORIGINALS; j++) {
                    originals.add(original.lateness(0));
                }
            }
        }
        add(report, "at once", others, ours, originals);
    }

    /** All at the same time, as each takes long; they are ready at evenly spread times. */
    private void atLast(Report report) throws Exception {
        OriginalSweep original = original(OTHERS);
        List<AcceptedRequest> accepted = new ArrayList<>();
        List<Double> originals = new ArrayList<>();
        for (int i = 0; i < EXECUTORS; i++) {
            double later = MAX_SECONDS * i / (EXECUTORS - 1);
            String name = "new-" + ++created;
            Files.writeString(directory.resolve("later-" + name), (long) (later * 1e9) + "\n");
            accepted.add(project.submit(Kind.CREATE, name));
            for (int j = 0; j < ORIGINALS; j++) {
                originals.add(original.lateness(later));
            }
        }
        List<Double> ours = new ArrayList<>();
        for (AcceptedRequest each : accepted) {
            project.finished(each);
            ours.add(lateness(each.staging()));
        }
        add(report, "within " + (int) MAX_SECONDS + " s", OTHERS, ours, originals);
    }

    private OriginalSweep original(int others) {
        return new OriginalSweep(
                directory.resolve("check"), directory.resolve("ready-original"), others, OTHER_CHECK_SECONDS);
    }

    /** In milliseconds. */
    private double lateness(Staging staging) throws Exception {
        assertEquals(Status.Running, staging.getStatus(), staging.getName());
        long ready = Long.parseLong(Files.readString(directory.resolve("ready-" + staging.getName()))
                .trim());
        Instant shown = RunningSince.TIMES.get(staging.getName());
        return (TimeUnit.SECONDS.toNanos(shown.getEpochSecond()) + shown.getNano() - ready) / 1e6;
    }

    private static void add(Report report, String ready, int others, List<Double> ours, List<Double> originals) {
        Collections.sort(ours);
        Collections.sort(originals);
        double median = ours.get(ours.size() / 2);
        double originalMedian = originals.get(originals.size() / 2);
        report.add(
                "running after create",
                ready,
                "others",
                others,
                "shown after ms",
                median,
                "at most ms",
                ours.get(ours.size() - 1),
                "of",
                ours.size(),
                "original: after ms",
                originalMedian,
                "at most ms there",
                originals.get(originals.size() - 1),
                "of so many",
                originals.size(),
                "original/here",
                originalMedian / median);
    }

    /** When stagings were first shown as running. */
    @TestExtension
    public static final class RunningSince extends StagingListener {

        private static final Map<String, Instant> TIMES = new ConcurrentHashMap<>();

        @Override
        public void onStatusChanged(@NonNull Staging staging, @NonNull Status before, @NonNull Status now) {
            if (now == Status.Running) {
                TIMES.putIfAbsent(staging.getName(), Instant.now());
            }
        }
    }
}
