package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final Path PROC = Path.of("/proc");

    /** {@code PF_KTHREAD}. */
    private static final long KERNEL_THREAD = 0x00200000;

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
     */
    public Set<ProcessHandle> processes() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return Set.of();
        }
        long self = ProcessHandle.current().pid();
        byte[] wanted = (variable + '=' + value).getBytes(StandardCharsets.UTF_8);
        Set<ProcessHandle> found = new HashSet<>();
        List<ProcessHandle> unseen =
                ProcessHandle.allProcesses().filter(p -> p.pid() != self).toList();
        for (int poll = 0; !unseen.isEmpty() && poll < MAX_POLLS; poll++) {
            if (poll > 0) {
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
            List<ProcessHandle> becomingAnother = new ArrayList<>();
            for (ProcessHandle process : unseen) {
                byte[] environment = environment(process);
                if (has(environment, wanted)) {
                    found.add(process);
                } else if (environment.length <= 1 && isProgram(process)) {
                    becomingAnother.add(process);
                }
            }
            unseen = becomingAnother;
        }
        return found;
    }

    /** Empty where it isn't told: of others' processes, and of those that have ended. */
    private static byte[] environment(ProcessHandle process) {
        try {
            return Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
        } catch (IOException e) {
            return new byte[0];
        }
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
    private static boolean isProgram(ProcessHandle process) {
        Path directory = PROC.resolve(String.valueOf(process.pid()));
        if (!Files.isReadable(directory.resolve("environ"))) {
            return false;
        }
        try {
            String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may have any characters; then come state, four ids, a terminal's group, flags.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[0].equals("Z") && (Long.parseLong(fields[6]) & KERNEL_THREAD) == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
