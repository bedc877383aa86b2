package io.jenkins.plugins.octopod.staging.support;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.octopod.security.SecuritySettings;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;

/**
 * Counts the threads of HTTP requests that wait for agents. Jenkins has a limited number of threads for requests, so
 * only some of them may wait, and only some for the same user. Thread-safe.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class WaitingRequestThreads {

    private final Map<String, Integer> byUser = new HashMap<>();
    private int all;

    /** Permission to wait on a thread. Closing it ends the wait. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Acquires a permit for the current thread. A thread that doesn’t serve an HTTP request always gets one.
     *
     * @throws TooManyWaitingException if too many requests of this user, or of all users, wait
     */
    public static Permit acquire() throws TooManyWaitingException {
        if (!isRequestThread()) {
            return () -> {};
        }
        WaitingRequestThreads threads = ExtensionList.lookupSingleton(WaitingRequestThreads.class);
        String user = Jenkins.getAuthentication2().getName();
        threads.add(user);
        return () -> threads.remove(user);
    }

    /** Returns whether the current thread serves an HTTP request. */
    public static boolean isRequestThread() {
        return Stapler.getCurrentRequest2() != null;
    }

    /** Returns how many requests are waiting. */
    public static int count() {
        WaitingRequestThreads threads = ExtensionList.lookupSingleton(WaitingRequestThreads.class);
        synchronized (threads) {
            return threads.all;
        }
    }

    private synchronized void add(String user) throws TooManyWaitingException {
        SecuritySettings settings = SecuritySettings.get();
        int own = byUser.getOrDefault(user, 0);
        if (own >= settings.getMaxWaitingRequestsPerUser() || all >= settings.getMaxWaitingRequests()) {
            throw new TooManyWaitingException();
        }
        byUser.put(user, own + 1);
        all++;
    }

    private synchronized void remove(String user) {
        byUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
