package io.jenkins.plugins.octopod.helm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** A program of the machine that a fuzz target runs. */
final class FuzzProcess {

    private FuzzProcess() {}

    /** Starts the program; skips the test if the machine doesn’t have it. */
    static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            assumeTrue(false, "There is no " + builder.command().get(0) + ": " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }
}
