package io.jenkins.plugins.octopod.staging.support;

import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.support.StorageRetry.SaveOperation;
import java.io.IOException;

/**
 * Writes a file even if the thread is interrupted before or during the write. Core writes files through channels, which
 * fail in an interrupted thread, so that the work of an aborted run would not be stored.
 */
@ModuleInternal
public final class UninterruptibleStorage {

    private UninterruptibleStorage() {}

    /**
     * Runs the operation. An interrupt of the thread is kept for the next operation that waits.
     *
     * @throws IOException if nothing could be stored for a different reason than an interrupt
     */
    public static void store(SaveOperation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    operation.save();
                    return;
                } catch (IOException e) {
                    // A write that was ended by an interrupt leaves the thread interrupted.
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
