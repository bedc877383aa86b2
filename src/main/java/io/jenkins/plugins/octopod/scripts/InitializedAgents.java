package io.jenkins.plugins.octopod.scripts;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Remembers on which connections {@code init} has run, by directory of control scripts. Safe from any thread. */
@Extension
@Restricted(NoExternalUse.class)
public final class InitializedAgents {

    /** A channel is a connection: once it is closed nobody holds it, and what was remembered of it goes. */
    private final Map<VirtualChannel, Set<String>> directories = Collections.synchronizedMap(new WeakHashMap<>());

    /** Runs {@code init}; see {@link #initialize}. */
    @FunctionalInterface
    interface Init {
        void run() throws IOException, InterruptedException, ScriptFailureException;
    }

    static InitializedAgents get() {
        return ExtensionList.lookupSingleton(InitializedAgents.class);
    }

    /** Runs it unless it has ended well before; others who come for the same connection wait until it has. */
    void initialize(VirtualChannel channel, String directory, Init init)
            throws IOException, InterruptedException, ScriptFailureException {
        Set<String> done = directories.computeIfAbsent(channel, key -> new HashSet<>());
        synchronized (done) {
            if (!done.contains(directory)) {
                init.run();
                done.add(directory);
            }
        }
    }
}
