package io.jenkins.plugins.octopod.staging.support;

import hudson.model.Computer;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a blocking agent call with a time limit, so that the call does not hold a shared thread, such as an HTTP thread,
 * indefinitely.
 */
@ModuleInternal
public final class TimeLimitedCall {

    private TimeLimitedCall() {}

    /**
     * Runs the call on another thread. A call that exceeds the limit is interrupted.
     *
     * @param callable blocking call; never returns {@code null}, and throws no checked exceptions but these two
     * @return result of the call; empty if it exceeded the limit
     */
    public static <T> Optional<T> call(Duration limit, Callable<T> callable)
            throws RefusalException, InterruptedException {
        Future<T> future = Computer.threadPoolForRemoting.submit(callable);
        try {
            return Optional.of(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    /** The call’s own exception, thrown or returned. */
    private static RuntimeException unwrapped(Throwable cause) throws RefusalException, InterruptedException {
        if (cause instanceof RefusalException refusal) {
            throw refusal;
        }
        if (cause instanceof InterruptedException interruption) {
            throw interruption;
        }
        return cause instanceof RuntimeException bug ? bug : new IllegalStateException(cause);
    }
}
