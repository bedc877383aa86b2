package io.jenkins.plugins.octopod.engine.process;

/**
 * Content of {@code /proc/PID/stat}.
 *
 * @param state letter of the state
 * @param flags kernel's flags of the process
 * @param startTicks start of the process in ticks since the boot, independent of changes of the clock
 */
record ProcessStat(char state, long flags, long startTicks) {

    /** Flag {@code PF_KTHREAD}. */
    private static final long KERNEL_THREAD = 0x00200000;

    private static final int STATE = 0;
    private static final int FLAGS = 6;
    private static final int START_TICKS = 19;

    /**
     * Parses the file.
     *
     * @param line content of the file; its second field is a name in parentheses that can contain any character
     */
    static ProcessStat parse(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
        return new ProcessStat(
                fields[STATE].charAt(0), Long.parseLong(fields[FLAGS]), Long.parseLong(fields[START_TICKS]));
    }

    /** Returns whether the process has ended, and its parent hasn't read its exit code yet. */
    boolean isZombie() {
        return state == 'Z' || state == 'X';
    }

    boolean isKernelThread() {
        return (flags & KERNEL_THREAD) != 0;
    }
}
