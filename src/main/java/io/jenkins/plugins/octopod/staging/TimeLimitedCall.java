package io.jenkins.plugins.octopod.staging;

import hudson.model.Computer;
import io.jenkins.plugins.octopod.engine.RefusalException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an agent is asked as long as may be, for somebody who holds a thread that serves others, too. */
final class TimeLimitedCall {

    private TimeLimitedCall() {}

    /**
     * Has the question asked on another thread. What isn’t waited for any longer is ended.
     *
     * @param question blocks; gives no null, and throws no other checked exceptions than these two
     * @return its answer; empty where there was none in time
     */
    static <T> Optional<T> call(Duration limit, Callable<T> question) throws RefusalException, InterruptedException {
        Future<T> answer = Computer.threadPoolForRemoting.submit(question);
        try {
            return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /** The question’s own exception, thrown or returned. */
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
