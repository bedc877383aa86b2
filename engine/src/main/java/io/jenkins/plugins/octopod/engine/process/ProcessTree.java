package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
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
                Optional<Set<ProcessHandle>> running = seen(known);
                if (isNone(running)) {
                    // One may have forked and ended while the list was made: none is left when nobody is seen twice.
                    running = seen(known);
                    if (isNone(running)) {
                        return true;
                    }
                }
                running.ifPresent(known::addAll);
                running.orElse(known).forEach(end);
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

    /** Returns what {@link #grown} does; empty if the system can't be asked now, which says nothing of the processes. */
    private Optional<Set<ProcessHandle>> seen(Set<ProcessHandle> known) {
        try {
            return Optional.of(grown(known));
        } catch (RuntimeException e) {
            // The JDK has no exception of its own for a list of processes that can't be opened.
            return Optional.empty();
        }
    }

    private static boolean isNone(Optional<Set<ProcessHandle>> running) {
        return running.map(Set::isEmpty).orElse(false);
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
            return !ProcFilesystem.isPresent()
                    || ProcFilesystem.stat(process.pid())
                            .filter(stat -> !stat.isZombie())
                            .isPresent();
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
