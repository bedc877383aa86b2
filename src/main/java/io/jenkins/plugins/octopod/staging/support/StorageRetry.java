package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Retries an IO operation on the run’s own thread until a deadline, for example while the disk is full. The script
 * keeps running in the meantime. Its output stays on the agent until it can be stored.
 */
@ModuleInternal
public final class StorageRetry {

    private static final Logger LOGGER = Logger.getLogger(StorageRetry.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private StorageRetry() {}

    /** Something that is stored whole or not at all. */
    @FunctionalInterface
    public interface StorageOperation<T> {
        T store() throws IOException;
    }

    /**
     * Stores it, as soon as that is possible.
     *
     * @param waiting what the log says is waiting
     * @param notes where that it took a while is told afterwards; null for nowhere
     * @param deadline after which nobody waits any more
     * @throws IOException if it couldn’t be stored by then, or if it can’t be written as XML, which no waiting changes
     * @throws InterruptedException also where that has broken off the storing itself
     */
    public static <T> T await(
            Object waiting, @CheckForNull PrintStream notes, Instant deadline, StorageOperation<T> operation)
            throws IOException, InterruptedException {
        String why = null;
        while (true) {
            try {
                T stored = operation.store();
                if (why != null && notes != null) {
                    notes.println(Messages.StorageRetry_again(why));
                }
                return stored;
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException(e.getMessage());
            } catch (IOException e) {
                if (isPermanent(e) || !Instant.now().isBefore(deadline)) {
                    throw e;
                }
                Level level = why == null ? Level.WARNING : Level.FINE;
                LOGGER.log(level, e, () -> waiting + " waits until it can be stored");
                why = e.getMessage();
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    /**
     * Returns whether no waiting changes the failure: the object can’t be written as XML, or a part of it that another plugin has
     * added fails. A failure to write to the disk comes as the same exceptions, with a cause.
     *
     * @param failure what the operation threw
     */
    public static boolean isPermanent(Exception failure) {
        Throwable found = failure instanceof IOException ? failure.getCause() : failure;
        return found instanceof RuntimeException
                && Stream.iterate(found, Objects::nonNull, Throwable::getCause)
                        .noneMatch(cause ->
                                cause instanceof IOException || cause instanceof ConcurrentModificationException);
    }
}
