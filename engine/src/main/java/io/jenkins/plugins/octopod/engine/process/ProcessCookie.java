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
 * An environment variable by which the processes that a script has started are known again: children inherit it, also
 * those that detach themselves and are nobody's descendants any more.
 *
 * @param variable the variable's name
 * @param value what it is set to; unique for what is to be found
 */
public record ProcessCookie(String variable, String value) {

    /** The variable that {@link ScriptRunner} sets. */
    public static final String VARIABLE = "OCTOPOD_PROCESS";

    /**
     * While a process becomes another program the system shows no environment of it, or one empty byte. That is over in
     * microseconds, but a busy machine may let it wait in the middle, so it is looked at again, this often at most: some
     * have none for good.
     */
    private static final int MAX_POLLS = 20;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    /** One that no process has yet. */
    public static ProcessCookie unique() {
        return new ProcessCookie(VARIABLE, UUID.randomUUID().toString());
    }

    /**
     * The running processes that were started with this cookie, this JVM never among them. Only Linux tells: elsewhere,
     * and for processes of other users, there are none.
     *
     * @throws UncheckedIOException if the system can't be asked, which says nothing of the processes
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

    /** Returns whether the system shows by which cookie a process was started. */
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

    /** Returns whether the process has this cookie; where the system doesn't tell, it hasn't. */
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
     * Whether it has an environment, or will have one as soon as its new program is loaded: it is neither a thread of the
     * kernel, nor has it ended and only waits to be asked for its exit code, nor is it somebody else's.
     */
    private static boolean isProgram(long pid) throws IOException {
        return ProcFilesystem.isEnvironmentReadable(pid)
                && ProcFilesystem.stat(pid)
                        .filter(stat -> !stat.isZombie() && !stat.isKernelThread())
                        .isPresent();
    }
}
