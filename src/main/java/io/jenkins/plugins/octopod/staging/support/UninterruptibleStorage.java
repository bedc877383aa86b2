package io.jenkins.plugins.octopod.staging.support;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;

/**
 * Writes a file although the thread is interrupted, before or meanwhile. Core writes files by channels, and a channel
 * fails in an interrupted thread: what an aborted run has done would then not be stored.
 */
@ModuleInternal
public final class UninterruptibleStorage {

    private UninterruptibleStorage() {}

    /** Something that is stored whole or not at all, and may be tried again. */
    @FunctionalInterface
    public interface Storing {
        void store() throws IOException;
    }

    /**
     * Stores it. An interrupt of the thread stays, for whoever waits next.
     *
     * @throws IOException if it can’t be stored for another reason than an interrupt
     */
    public static void store(Storing storing) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    storing.store();
                    return;
                } catch (IOException e) {
                    // A write that an interrupt has broken off leaves the thread interrupted.
                    if (!Thread.interrupted()) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
