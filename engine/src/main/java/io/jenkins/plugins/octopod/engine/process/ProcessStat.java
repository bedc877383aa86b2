package io.jenkins.plugins.octopod.engine.process;

/**
 * A line of {@code /proc/PID/stat}.
 *
 * @param state the letter of the state
 * @param flags the kernel's flags of the process
 * @param startTicks when the process was started, in ticks since the boot; no change of a clock changes it
 */
record ProcessStat(char state, long flags, long startTicks) {

    /** {@code PF_KTHREAD}. */
    private static final long KERNEL_THREAD = 0x00200000;

    private static final int STATE = 0;
    private static final int FLAGS = 6;
    private static final int START_TICKS = 19;

    /** @param line whose second field is a name in parentheses, with any characters in it */
    static ProcessStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
        return new ProcessStat(
                fields[STATE].charAt(0), Long.parseLong(fields[FLAGS]), Long.parseLong(fields[START_TICKS]));
    }

    /** Returns whether it has ended, and only its exit code hasn't been asked for. */
    boolean isZombie() {
        return state == 'Z' || state == 'X';
    }

    boolean isKernelThread() {
        return (flags & KERNEL_THREAD) != 0;
    }
}
