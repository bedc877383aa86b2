package io.jenkins.plugins.octopod.scripts;

import java.io.File;

/** The files by which the agent's side of a {@link DurableScript} is known, in its directory. */
record ScriptFiles(File directory) {

    File stdout() {
        return new File(directory, "stdout");
    }

    File stderr() {
        return new File(directory, "stderr");
    }

    /** The process id of the shell that waits for the script. */
    File pid() {
        return new File(directory, "pid");
    }

    /** The script's exit code; appears whole, once the script has ended. */
    File exit() {
        return new File(directory, "exit");
    }

    /** Where the script runs. */
    File work() {
        return new File(directory, "work");
    }
}
