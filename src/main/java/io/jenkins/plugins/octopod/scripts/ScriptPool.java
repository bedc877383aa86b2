package io.jenkins.plugins.octopod.scripts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of an agent's process that wait for scripts. They end when there is nothing to wait for. */
final class ScriptPool {

    private static final long IDLE_SECONDS = 30;
    private static final Map<String, ThreadPoolExecutor> POOLS = new ConcurrentHashMap<>();

    private ScriptPool() {}

    /** The pool of that name, with the size that is wanted now. What is asked first is run first. */
    static ThreadPoolExecutor get(SideBySide limits) {
        return POOLS.compute(limits.pool(), (name, known) -> {
            ThreadPoolExecutor pool = known == null ? create(limits) : known;
            resize(pool, limits.most());
            return pool;
        });
    }

    private static ThreadPoolExecutor create(SideBySide limits) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                limits.most(), limits.most(), IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "Octopod scripts of " + limits.pool());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The core may never be larger than the whole, not even for a moment. */
    private static void resize(ThreadPoolExecutor pool, int most) {
        if (most > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(most);
            pool.setCorePoolSize(most);
        } else if (most < pool.getMaximumPoolSize()) {
            pool.setCorePoolSize(most);
            pool.setMaximumPoolSize(most);
        }
    }
}
