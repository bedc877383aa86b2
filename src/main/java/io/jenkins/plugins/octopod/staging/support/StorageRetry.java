package io.jenkins.plugins.octopod.staging.support;

import com.thoughtworks.xstream.XStreamException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
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

    /** Returns whether the object can’t be written as XML. A failure to write to the disk comes as the same exception, with a cause. */
    private static boolean isPermanent(IOException e) {
        return e.getCause() instanceof XStreamException
                && Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
                        .noneMatch(IOException.class::isInstance);
    }
}
