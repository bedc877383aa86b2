package io.jenkins.plugins.octopod.scripts;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Registry of the agent connections on which {@code init} has run, by directory of control scripts. Thread-safe. */
@Extension
@Restricted(NoExternalUse.class)
public final class InitScriptRegistry {

    /** A channel is a connection: once it is closed nobody holds it, and what was remembered of it goes. */
    private final Map<VirtualChannel, Map<String, Initialization>> initializations =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** Runs {@code init}; see {@link #initialize}. */
    @FunctionalInterface
    interface Init {
        void run() throws IOException, InterruptedException, ScriptFailureException;
    }

    static InitScriptRegistry get() {
        return ExtensionList.lookupSingleton(InitScriptRegistry.class);
    }

    /**
     * Runs it unless it has ended well before; others who come for the same connection and directory wait until it has.
     *
     * @throws InterruptedException also while waiting, which may take minutes: an abort mustn’t
     */
    void initialize(VirtualChannel channel, String directory, Init init)
            throws IOException, InterruptedException, ScriptFailureException {
        initializations
                .computeIfAbsent(channel, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(directory, key -> new Initialization())
                .runOnce(init);
    }

    private static final class Initialization {

        private final ReentrantLock lock = new ReentrantLock();
        private boolean done;

        void runOnce(Init init) throws IOException, InterruptedException, ScriptFailureException {
            lock.lockInterruptibly();
            try {
                if (!done) {
                    init.run();
                    done = true;
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
