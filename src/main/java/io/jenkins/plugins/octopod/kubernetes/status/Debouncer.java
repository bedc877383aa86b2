package io.jenkins.plugins.octopod.kubernetes.status;

import hudson.model.Computer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.util.Timer;

/** Runs a task on another thread, once for all triggers within a pause. Thread-safe. */
final class Debouncer {

    private final Duration pause;
    private final Runnable task;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Creates a debouncer.
     *
     * @param pause time between the first trigger and the task
     */
    Debouncer(Duration pause, Runnable task) {
        this.pause = pause;
        this.task = task;
    }

    void trigger() {
        if (scheduled.compareAndSet(false, true)) {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.execute(this::run),
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        // Reset before the task begins, so that a later trigger schedules it again.
        scheduled.set(false);
        task.run();
    }
}
