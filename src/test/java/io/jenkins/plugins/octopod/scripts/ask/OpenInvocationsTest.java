package io.jenkins.plugins.octopod.scripts.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.octopod.engine.process.ScriptResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What the pool of an agent can do to scripts that wait for one of its threads. */
class OpenInvocationsTest {

    private static ThreadPoolExecutor pool(ThreadFactory factory) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private static ScriptInvocationResult ended(String id) {
        return ScriptInvocationResult.of(id, ScriptResult.exited(0));
    }

    private static List<String> answers(OpenInvocations open) throws InterruptedException {
        List<String> answers = new ArrayList<>();
        while (!open.isEmpty()) {
            open.poll().forEach(result -> answers.add(result.id() + " " + result.error()));
        }
        return answers;
    }

    @Test
    void aThreadThatCannotBeStartedIsAnAnswer() throws Exception {
        AtomicBoolean limited = new AtomicBoolean(true);
        ThreadPoolExecutor pool = pool(task -> {
            if (limited.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return daemon(task);
        });
        try (OpenInvocations open = new OpenInvocations(pool)) {
            open.submit("a1", () -> ended("a1"));
            limited.set(false);
            open.submit("b1", () -> ended("b1"));
            List<String> answers = answers(open);
            assertEquals(2, answers.size(), answers.toString());
            assertEquals(
                    List.of(
                            "a1 The agent can’t run scripts now: java.lang.OutOfMemoryError: unable to create native thread",
                            "b1 "),
                    answers.stream().sorted().toList());
        }
    }

    @Test
    void aPoolWithoutThreadsGetsOneAgain() throws Exception {
        AtomicBoolean limited = new AtomicBoolean();
        ThreadPoolExecutor pool = pool(task -> {
            if (limited.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return daemon(task);
        });
        CountDownLatch go = new CountDownLatch(1);
        // It takes its thread with it, and the pool can't start another one.
        pool.execute(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            limited.set(true);
            throw new IllegalStateException("the thread ends");
        });
        try (OpenInvocations open = new OpenInvocations(pool)) {
            open.submit("a1", () -> ended("a1"));
            go.countDown();
            assertEquals(List.of(), open.poll());
            assertEquals(List.of(), open.poll());
            limited.set(false);
            assertEquals(List.of("a1 "), answers(open));
        }
    }

    @Test
    void whatAPoolNeverRunsIsAnswered() throws Exception {
        ThreadPoolExecutor pool = pool(OpenInvocationsTest::daemon);
        CountDownLatch running = new CountDownLatch(1);
        try (OpenInvocations open = new OpenInvocations(pool)) {
            open.submit("a1", () -> {
                running.countDown();
                new CountDownLatch(1).await();
                return ended("a1");
            });
            open.submit("b1", () -> ended("b1"));
            running.await();
            pool.shutdownNow();
            open.submit("c1", () -> ended("c1"));
            List<String> answers = answers(open).stream().sorted().toList();
            assertEquals(
                    List.of("a1", "b1", "c1"),
                    answers.stream().map(answer -> answer.substring(0, 2)).toList(),
                    answers.toString());
        }
    }
}
