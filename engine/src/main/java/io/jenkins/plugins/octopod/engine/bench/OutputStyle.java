package io.jenkins.plugins.octopod.engine.bench;

/** Control characters in the bench's output. */
enum OutputStyle {
    /** No control characters, for a file or a pipe. */
    PLAIN,
    /** The printer overwrites a line to show progress, which needs a terminal. */
    PROGRESS,
    /** Like {@link #PROGRESS}, and verdicts have colors. */
    PROGRESS_AND_COLORS;

    /**
     * Returns the style for stdout.
     *
     * @param terminal whether stdout is a terminal
     * @param noColor value of the environment variable {@code NO_COLOR}, see <a
     *     href="https://no-color.org">no-color.org</a>; null if it is not set
     */
    static OutputStyle of(boolean terminal, String noColor) {
        if (!terminal) {
            return PLAIN;
        }
        return noColor == null || noColor.isEmpty() ? PROGRESS_AND_COLORS : PROGRESS;
    }

    boolean showsProgress() {
        return this != PLAIN;
    }

    boolean hasColors() {
        return this == PROGRESS_AND_COLORS;
    }
}
