package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Everything that a script has started: its descendants, and what has its {@link ProcessCookie} wherever it hangs in the
 * system's tree by now.
 */
public final class ProcessTree {

    /** A process that the system itself is stuck in can't be killed; nobody waits for it longer than this. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

    private final ProcessHandle root;
    private final ProcessCookie cookie;

    /** @param root null if only the cookie is known, or the script has ended */
    public ProcessTree(ProcessHandle root, ProcessCookie cookie) {
        this.root = root;
        this.cookie = cookie;
    }

    /** What of it is running now. */
    public Set<ProcessHandle> running() {
        return grown(Set.of());
    }

    /**
     * Ends all of it: asks each process once to end, and once the grace is over kills until none is left. Isn't stopped
     * by interruption; the thread's interrupt status is kept.
     *
     * @return whether none is left
     */
    public boolean kill(Duration grace) {
        Set<ProcessHandle> known = new HashSet<>();
        Set<ProcessHandle> asked = new HashSet<>();
        boolean gone = until(grace, known, process -> {
            if (asked.add(process)) {
                process.destroy();
            }
        });
        return gone || until(KILL_TIMEOUT, known, ProcessHandle::destroyForcibly);
    }

    private boolean until(Duration limit, Set<ProcessHandle> known, Consumer<ProcessHandle> end) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                Set<ProcessHandle> running = grown(known);
                if (running.isEmpty()) {
                    // One may have forked and ended while the list was made: none is left when nobody is seen twice.
                    running = grown(known);
                    if (running.isEmpty()) {
                        return true;
                    }
                }
                known.addAll(running);
                running.forEach(end);
                if (System.nanoTime() - start > limit.toNanos()) {
                    return false;
                }
                interrupted |= sleep();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What runs of the known ones, with the children they have got meanwhile and whoever has the cookie. */
    private Set<ProcessHandle> grown(Set<ProcessHandle> known) {
        Set<ProcessHandle> all = new HashSet<>(known);
        if (root != null) {
            all.add(root);
        }
        known.forEach(process -> process.descendants().forEach(all::add));
        if (root != null) {
            root.descendants().forEach(all::add);
        }
        all.addAll(cookie.processes());
        return all.stream().filter(ProcessTree::isRunning).collect(Collectors.toSet());
    }

    /** Java calls a process alive until somebody has asked for its exit code; where nobody ever does, that is for good. */
    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 1).stripLeading().startsWith("Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    /** Whether it was interrupted. */
    private static boolean sleep() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
