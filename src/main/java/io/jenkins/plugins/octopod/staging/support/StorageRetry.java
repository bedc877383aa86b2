package io.jenkins.plugins.octopod.staging.support;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Computer;
import io.jenkins.plugins.octopod.ModuleInternal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.util.Timer;

/**
 * Retries an IO operation, for example while the disk is full: either on the calling thread until a deadline, or later
 * on other threads.
 */
@ModuleInternal
public final class StorageRetry {

    private static final Logger LOGGER = Logger.getLogger(StorageRetry.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int SAVE_AGAIN_SECONDS = 10;

    private StorageRetry() {}

    /** Write operation that stores everything or nothing, and can be repeated. */
    @FunctionalInterface
    public interface SaveOperation {
        void save() throws IOException;
    }

    /** Like {@link SaveOperation}, with a result. */
    @FunctionalInterface
    public interface StorageOperation<T> {
        T store() throws IOException;
    }

    /**
     * Runs the operation on the calling thread, and repeats it until it succeeds or the deadline is reached.
     *
     * @param waiting object that the log names as waiting
     * @param notes log that gets a message if retries were needed; null for none
     * @param deadline time after which the operation is not repeated
     * @throws IOException if nothing could be stored by the deadline, or if no retry can help, see {@link #isPermanent}
     * @throws InterruptedException if the thread is interrupted, even within the operation
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
     * Runs the operation, and repeats it later on other threads until it succeeds. The caller doesn’t wait.
     *
     * @param subject name of what is stored, for the log
     * @param isNeeded tells before each retry whether the operation is still needed
     * @param onPermanentFailure called with a failure that no retry can fix, see {@link #isPermanent}
     */
    public static void saveNowOrLater(
            String subject, BooleanSupplier isNeeded, SaveOperation operation, Consumer<Exception> onPermanentFailure) {
        try {
            operation.save();
        } catch (IOException | RuntimeException e) {
            boolean permanent = isPermanent(e);
            LOGGER.log(Level.WARNING, e, () -> subject + " can't be stored" + (permanent ? "" : " now"));
            if (permanent) {
                onPermanentFailure.accept(e);
                return;
            }
            Runnable again = () -> Computer.threadPoolForRemoting.submit(() -> {
                if (isNeeded.getAsBoolean()) {
                    saveNowOrLater(subject, isNeeded, operation, onPermanentFailure);
                }
            });
            Timer.get().schedule(again, SAVE_AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Returns whether no retry can fix the failure: the object can’t be written as XML, or a part of it that another
     * plugin has added fails. A failure to write to the disk has the same exceptions, with an {@link IOException} as a
     * cause.
     *
     * @param failure exception that the operation threw
     */
    public static boolean isPermanent(Exception failure) {
        Throwable found = failure instanceof IOException ? failure.getCause() : failure;
        return found instanceof RuntimeException
                && Stream.iterate(found, Objects::nonNull, Throwable::getCause)
                        .noneMatch(cause ->
                                cause instanceof IOException || cause instanceof ConcurrentModificationException);
    }
}
