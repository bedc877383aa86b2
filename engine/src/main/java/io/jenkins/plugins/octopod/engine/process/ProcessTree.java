package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All processes that a script has started: its descendants, and the processes that have its {@link ProcessCookie}
 * although they are no longer its descendants.
 */
public final class ProcessTree {

    /** Time limit for killing. A process that is stuck in a system call can’t be killed. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);

    private final ProcessHandle root;
    private final ProcessCookie cookie;

    /**
     * Creates the tree.
     *
     * @param root process of the script; null if only the cookie is known, or the script has ended
     * @param cookie cookie that the script’s processes inherit
     */
    public ProcessTree(ProcessHandle root, ProcessCookie cookie) {
        this.root = root;
        this.cookie = cookie;
    }

    /** Returns the processes that are running now. */
    public Set<ProcessHandle> running() {
        return grown(Set.of());
    }

    /**
     * Ends all processes. Asks each process once to end and, after the grace period, kills until none is left.
     * Interruption doesn’t stop it, but the thread’s interrupt status is kept.
     *
     * @return whether no process is left
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
                    // A process might have forked and ended while the list was made, so only two empty lists in a row
                    // count.
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

    /** Returns the result of {@link #grown}; empty if the system can’t list its processes now. */
    private Optional<Set<ProcessHandle>> seen(Set<ProcessHandle> known) {
        try {
            return Optional.of(grown(known));
        } catch (RuntimeException e) {
            // The JDK has no specific exception for a list of processes that can’t be opened.
            return Optional.empty();
        }
    }

    private static boolean isNone(Optional<Set<ProcessHandle>> running) {
        return running.map(Set::isEmpty).orElse(false);
    }

    /** Returns the running processes among the known ones, their descendants, the root’s, and those with the cookie. */
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

    /**
     * Returns whether the process is running. {@link ProcessHandle#isAlive} is also true for a zombie, which stays
     * until its parent reads its exit code, possibly forever.
     */
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

    /** Sleeps for one interval, and returns whether the thread was interrupted. */
    private static boolean sleep() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
