package io.jenkins.plugins.octopod.scripts.ask;

import io.jenkins.plugins.octopod.ModuleInternal;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Thread pools in the agent’s process whose threads wait for scripts. Idle threads end. A pool that is no longer used
 * is discarded, because its project might have been renamed or deleted.
 */
@ModuleInternal
public final class ScriptThreadPool {

    private static final long IDLE_SECONDS = 30;
    private static final Map<String, WeakReference<ThreadPoolExecutor>> POOLS = new HashMap<>();

    private ScriptThreadPool() {}

    /**
     * Returns the pool with the limit’s name and current size. Scripts run in the order in which they were submitted.
     */
    public static synchronized ThreadPoolExecutor get(ConcurrencyLimit limits) {
        POOLS.values().removeIf(unused -> unused.get() == null);
        WeakReference<ThreadPoolExecutor> known = POOLS.get(limits.pool());
        ThreadPoolExecutor pool = known == null ? null : known.get();
        if (pool == null) {
            pool = create(limits);
            POOLS.put(limits.pool(), new WeakReference<>(pool));
        }
        resize(pool, limits.maxParallel());
        return pool;
    }

    /** Returns the names of the existing pools. */
    public static synchronized Set<String> names() {
        POOLS.values().removeIf(unused -> unused.get() == null);
        return Set.copyOf(POOLS.keySet());
    }

    private static ThreadPoolExecutor create(ConcurrencyLimit limits) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                limits.maxParallel(),
                limits.maxParallel(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "Octopod scripts of " + limits.pool());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Changes the size. The core size must never exceed the maximum size. */
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
