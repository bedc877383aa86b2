package io.jenkins.plugins.octopod.engine.process;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells a process from another one that has the same process id later. It is written down when the process starts,
 * and compared with what the same source says later. No clock is compared with another clock, so a clock that is wrong or
 * is set has no effect.
 *
 * @param text the kernel's count of ticks at the start of the process with the id of the boot, on Linux; elsewhere the start
 *     of the process as the system has recorded it; empty if it isn't known
 */
public record ProcessIdentity(String text) {

    public static final ProcessIdentity UNKNOWN = new ProcessIdentity("");

    private static final Pattern COMPLETE = Pattern.compile("ticks=\\d+ boot=\\S+|start=-?\\d+");

    /** Returns the identity of a running process; unknown if there is no such process or the system doesn't tell. */
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

    /** Returns the id of the boot as it is part of an identity on Linux; empty if the system doesn't tell. */
    public static String bootId() {
        return ProcFilesystem.isPresent() ? ProcFilesystem.bootId() : "";
    }

    /** Reads what was written down; what isn't complete is unknown. */
    public static ProcessIdentity parse(String written) {
        String text = written.strip();
        return COMPLETE.matcher(text).matches() ? new ProcessIdentity(text) : UNKNOWN;
    }

    public boolean isKnown() {
        return !text.isEmpty();
    }

    /**
     * Returns whether the process that had this identity still runs. A process whose exit code hasn't been asked for has
     * ended. If the identity isn't known, the process runs if it has the cookie, and on systems that don't show the
     * environment of a process if the process id is in use.
     *
     * @throws IOException if the system can't be asked, which says nothing of the process
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
