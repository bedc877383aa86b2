package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Environment variable that identifies the processes that a script has started. Children inherit it, including those
 * that detach themselves and are no longer descendants.
 *
 * @param variable name of the variable
 * @param value value of the variable, unique for the processes to find
 */
public record ProcessCookie(String variable, String value) {

    /** The variable that {@link ScriptRunner} sets. */
    public static final String VARIABLE = "OCTOPOD_PROCESS";

    /**
     * While a process loads a new program, the system shows no environment of it, or one empty byte. That takes
     * microseconds, but a busy machine can interrupt it, so it is read again. The number of attempts is limited,
     * because some processes never have an environment.
     */
    private static final int MAX_POLLS = 20;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    /** Returns a cookie that no process has yet. */
    public static ProcessCookie unique() {
        return new ProcessCookie(VARIABLE, UUID.randomUUID().toString());
    }

    /**
     * Returns the running processes with this cookie, without this JVM. Only Linux shows the cookie: on other systems,
     * and for processes of other users, the result is empty.
     *
     * @throws UncheckedIOException if the processes can't be read; their state is unknown
     */
    public Set<ProcessHandle> processes() {
        if (!ProcFilesystem.isPresent()) {
            return Set.of();
        }
        try {
            return find();
        } catch (IOException e) {
            throw new UncheckedIOException("The processes of this system can’t be listed: " + e.getMessage(), e);
        }
    }

    /** Returns whether the system shows the cookie of processes. */
    public static boolean isShown() {
        return ProcFilesystem.isPresent();
    }

    private Set<ProcessHandle> find() throws IOException {
        long self = ProcessHandle.current().pid();
        byte[] wanted = wanted();
        Set<ProcessHandle> found = new HashSet<>();
        List<Long> unseen =
                ProcFilesystem.processIds().stream().filter(pid -> pid != self).toList();
        for (int poll = 0; !unseen.isEmpty() && poll < MAX_POLLS; poll++) {
            if (poll > 0) {
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
            List<Long> becomingAnother = new ArrayList<>();
            for (long pid : unseen) {
                byte[] environment = ProcFilesystem.environment(pid);
                if (has(environment, wanted)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                } else if (environment.length <= 1 && isProgram(pid)) {
                    becomingAnother.add(pid);
                }
            }
            unseen = becomingAnother;
        }
        return found;
    }

    /** Returns whether the process has this cookie. False if the system doesn't show it. */
    boolean isIn(long pid) throws IOException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            byte[] environment = ProcFilesystem.environment(pid);
            if (environment.length > 1 || !isProgram(pid)) {
                return has(environment, wanted());
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        return false;
    }

    private byte[] wanted() {
        return (variable + '=' + value).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean has(byte[] environment, byte[] wanted) {
        int from = 0;
        for (int at = 0; at <= environment.length; at++) {
            if (at == environment.length || environment[at] == 0) {
                if (Arrays.equals(environment, from, at, wanted, 0, wanted.length)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }

    /**
     * Returns whether the process has an environment, or will have one when its new program is loaded. Kernel threads,
     * zombies and processes of other users don't.
     */
    private static boolean isProgram(long pid) throws IOException {
        return ProcFilesystem.isEnvironmentReadable(pid)
                && ProcFilesystem.stat(pid)
                        .filter(stat -> !stat.isZombie() && !stat.isKernelThread())
                        .isPresent();
    }
}
