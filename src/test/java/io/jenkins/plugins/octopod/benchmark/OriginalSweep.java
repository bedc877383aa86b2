package io.jenkins.plugins.octopod.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The loop by which Octopod 1.x finds out that a staging is running: every 2 s it looks which stagings were checked last
 * more than 15 s ago, asks them one after the other, and then stores what all of them have said. The pauses pass by a clock
 * of its own; the check of the staging in question is really started, and takes as long as it takes.
 */
final class OriginalSweep {

    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = 15 * SECOND;
    private static final long PAUSE = 2 * SECOND;

    /** Within which create ends, so that it ends at any point of the loop. */
    private static final long MAX_CREATE_MILLIS = 60 * SECOND;

    private final Path check;
    private final Path ready;
    private final int others;
    private final long otherCheck;
    private final Random chance = new Random(15);

    /**
     * @param check the script; by its variable NOW it is told what time it is
     * @param ready where the script finds from when on it has to say yes, both in nanoseconds
     * @param others how many more stagings are to be kept true
     * @param otherCheckSeconds how long the check of each of them takes
     */
    OriginalSweep(Path check, Path ready, int others, double otherCheckSeconds) {
        this.check = check;
        this.ready = ready;
        this.others = others;
        this.otherCheck = (long) (otherCheckSeconds * SECOND);
    }

    /**
     * Creates a staging at a random point of the loop.
     *
     * @param readyAfterSeconds how long after the end of create it is running
     * @return for how many milliseconds it has been running when the loop has stored that
     */
    double lateness(double readyAfterSeconds) throws IOException, InterruptedException {
        long runningFrom = (long) (chance.nextDouble() * MAX_CREATE_MILLIS + readyAfterSeconds * SECOND);
        Files.writeString(ready, runningFrom + "\n");
        long checkedAt = 0;
        long now = (long) (-chance.nextDouble() * 3 * (INTERVAL + others * otherCheck));
        long othersCheckedAt = now - INTERVAL;
        while (true) {
            long cutoff = now - INTERVAL;
            boolean othersDue = others > 0 && othersCheckedAt < cutoff;
            boolean due = now >= 0 && checkedAt < cutoff;
            boolean running = false;
            // In no order: on average half of the others come before it.
            now += othersDue ? others * otherCheck / 2 : 0;
            if (due) {
                long start = System.nanoTime();
                running = isRunning(now);
                now += System.nanoTime() - start;
            }
            now += othersDue ? others * otherCheck / 2 : 0;
            if (running) {
                return (now - runningFrom) / 1e6;
            }
            othersCheckedAt = othersDue ? now : othersCheckedAt;
            checkedAt = due ? now : checkedAt;
            now += PAUSE;
        }
    }

    private boolean isRunning(long now) throws IOException, InterruptedException {
        String name = ready.getFileName().toString().substring("ready-".length());
        ProcessBuilder builder = new ProcessBuilder(
                check.toString(),
                "--project-name",
                "demo",
                "--base-domain",
                "staging.example.com",
                "--namespace",
                "staging",
                "--name",
                name);
        builder.environment().put("NOW", Long.toString(now));
        int exitCode = builder.inheritIO().start().waitFor();
        assertTrue(exitCode == 0 || exitCode == 1, "check ended with " + exitCode);
        return exitCode == 0;
    }
}
