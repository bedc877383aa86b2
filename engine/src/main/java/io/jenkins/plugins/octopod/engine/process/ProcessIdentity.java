package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Distinguishes a process from a later one with the same process id. The identity is stored when the process starts,
 * and later compared with one from the same source. Two clocks are never compared, so a wrong or changed clock has no
 * effect.
 *
 * @param text kernel's ticks at the start of the process and the id of the boot, on Linux; on other systems, the
 *     recorded start of the process; empty if unknown
 */
public record ProcessIdentity(String text) {

    public static final ProcessIdentity UNKNOWN = new ProcessIdentity("");

    private static final Pattern COMPLETE = Pattern.compile("ticks=\\d+ boot=\\S+|start=-?\\d+");

    /** Returns the identity of a running process; unknown if it doesn't exist or the system doesn't show it. */
    public static ProcessIdentity of(long pid) throws IOException {
        if (ProcFilesystem.isPresent()) {
            return ProcFilesystem.stat(pid).map(ProcessIdentity::of).orElse(UNKNOWN);
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> new ProcessIdentity("start=" + start.toEpochMilli()))
                .orElse(UNKNOWN);
    }

    private static ProcessIdentity of(ProcessStat stat) {
        return parse("ticks=" + stat.startTicks() + " boot=" + ProcFilesystem.bootId());
    }

    /** Returns the id of the boot that identities contain on Linux; empty if the system doesn't show it. */
    public static String bootId() {
        return ProcFilesystem.isPresent() ? ProcFilesystem.bootId() : "";
    }

    /** Parses a stored identity; unknown if it is incomplete. */
    public static ProcessIdentity parse(String written) {
        String text = written.strip();
        return COMPLETE.matcher(text).matches() ? new ProcessIdentity(text) : UNKNOWN;
    }

    public boolean isKnown() {
        return !text.isEmpty();
    }

    /**
     * Returns whether the process with this identity still runs. A zombie has ended. If the identity is unknown, the
     * process runs if it has the cookie or, on systems that don't show the environment of a process, if the process id
     * is in use.
     *
     * @throws IOException if the processes can't be read; the state of the process is unknown
     */
    public boolean isRunning(long pid, ProcessCookie cookie) throws IOException {
        if (!ProcFilesystem.isPresent()) {
            boolean alive = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
            return alive && (!isKnown() || equals(of(pid)));
        }
        Optional<ProcessStat> stat = ProcFilesystem.stat(pid).filter(found -> !found.isZombie());
        if (stat.isEmpty()) {
            return false;
        }
        return isKnown() ? equals(of(stat.get())) : cookie.isIn(pid);
    }
}
