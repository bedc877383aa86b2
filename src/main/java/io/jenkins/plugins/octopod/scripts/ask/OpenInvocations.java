package io.jenkins.plugins.octopod.scripts.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Scripts of a batch that have no result yet. Each script gets exactly one result: an error of any kind becomes the
 * result, even if it prevents the script’s thread from starting. For one thread only.
 */
final class OpenInvocations implements AutoCloseable {

    /** Time in milliseconds. Results within this time are returned together. */
    private static final long TOGETHER = 50;

    /** Maximum time in milliseconds that a poll waits. */
    private static final long POLL_MILLIS = 1000;

    /** Polls in a row in which no script of the pool ran, before the pool counts as dead. */
    private static final int MAX_IDLE_POLLS = 30;

    private final ThreadPoolExecutor pool;
    private final ExecutorCompletionService<ScriptInvocationResult> completed;

    /** Ids of scripts by future. */
    private final Map<Future<ScriptInvocationResult>, String> open = new LinkedHashMap<>();

    private int idlePolls;

    OpenInvocations(ThreadPoolExecutor pool) {
        this.pool = pool;
        this.completed = new ExecutorCompletionService<>(pool);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Submits a script to the pool. If the pool fails, the script’s result is an error. */
    void submit(String id, Callable<ScriptInvocationResult> script) {
        Future<ScriptInvocationResult> future;
        try {
            future = completed.submit(script);
        } catch (RuntimeException | Error e) {
            // For example, “unable to create native thread”.
            future = CompletableFuture.failedFuture(e);
        }
        open.put(future, id);
    }

    /** Waits a second at most, and returns the results that are available then, possibly none. */
    List<ScriptInvocationResult> poll() throws InterruptedException {
        List<ScriptInvocationResult> results = new ArrayList<>();
        Future<ScriptInvocationResult> first = completed.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            Thread.sleep(TOGETHER);
        }
        for (Future<ScriptInvocationResult> next = first; next != null; next = completed.poll()) {
            String id = open.remove(next);
            if (id != null) {
                results.add(result(id, next));
            }
        }
        if (first != null) {
            idlePolls = 0;
        } else {
            boolean dead = isPoolDead();
            open.entrySet().removeIf(left -> {
                boolean lost = dead || left.getKey().isDone();
                if (lost) {
                    results.add(result(left.getValue(), left.getKey()));
                }
                return lost;
            });
        }
        return results;
    }

    /**
     * Returns whether the waiting scripts will never run, because the pool’s threads have died and it can’t start
     * others.
     */
    private boolean isPoolDead() {
        if (pool.getActiveCount() > 0) {
            idlePolls = 0;
            return false;
        }
        idlePolls++;
        try {
            pool.prestartCoreThread();
        } catch (OutOfMemoryError e) {
            // No thread can be started now, and the next poll tries again.
            return idlePolls >= MAX_IDLE_POLLS;
        }
        return pool.isShutdown() || idlePolls >= MAX_IDLE_POLLS;
    }

    private static ScriptInvocationResult result(String id, Future<ScriptInvocationResult> future) {
        if (!future.isDone()) {
            future.cancel(true);
            return new ScriptInvocationResult(id, null, Messages.OpenInvocations_notRun());
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            return new ScriptInvocationResult(id, null, sentence(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ScriptInvocationResult(id, null, Messages.OpenInvocations_notRun());
        }
    }

    private static String sentence(Throwable cause) {
        String message = cause.getMessage();
        if (cause instanceof Error || cause instanceof InterruptedException) {
            return Messages.OpenInvocations_error(cause);
        }
        return message == null ? cause.toString() : message;
    }

    /** Kills the scripts that are running. */
    @Override
    public void close() {
        open.keySet().forEach(script -> script.cancel(true));
    }
}
