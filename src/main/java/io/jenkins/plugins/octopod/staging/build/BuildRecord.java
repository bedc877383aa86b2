package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Actionable;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.PendingAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The actions on stagings that a build has requested. Stored with the build, so it survives a restart, and the deletion
 * of the stagings. Contains references only: the state of a staging is the staging’s own.
 */
@Restricted(NoExternalUse.class)
public final class BuildRecord extends InvisibleAction {

    private static final Logger LOGGER = Logger.getLogger(BuildRecord.class.getName());

    /** Prevents that two threads add a record to the same build. */
    private static final Object ADDING = new Object();

    /** Replaced, and never changed, because XStream can write it at any time. */
    private volatile List<BuildAction> actions = new ArrayList<>();

    private BuildRecord() {}

    /** Returns the actions of a build in the order of its requests; none if it has requested none. */
    public static List<BuildAction> actions(Run<?, ?> build) {
        BuildRecord stored = find(build);
        return stored == null ? List.of() : List.copyOf(stored.actions);
    }

    /**
     * Records that a request of a build was accepted. Does nothing if the action has ended since, because its run has
     * recorded itself.
     */
    public static void accepted(Run<?, ?> build, Staging staging, String requestId) {
        PendingAction pending = staging.observedState().pending();
        if (pending != null && pending.requestId().equals(requestId)) {
            store(build, BuildAction.accepted(staging, pending));
        }
    }

    /** Records the run of an accepted request. */
    @ModuleInternal
    static void record(Run<?, ?> build, StagingRun run, String requestId) {
        accepted(build, run.getParent(), requestId);
        BuildRecord stored = find(build);
        if (stored != null) {
            stored.actions.stream()
                    .filter(action -> action.requestId().equals(requestId))
                    .findFirst()
                    .ifPresent(action -> store(build, action.with(run)));
        }
    }

    /** Never fails, because the action itself is more important than the record of it. */
    private static void store(Run<?, ?> build, BuildAction action) {
        BuildRecord stored;
        synchronized (ADDING) {
            stored = find(build);
            if (stored == null) {
                stored = new BuildRecord();
                build.addAction(stored);
            }
        }
        if (stored.put(action)) {
            try {
                build.save();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "The stagings of " + build + " can't be stored yet");
            }
        }
    }

    /** Adds the action, or replaces what was known of it; returns whether that changes anything. */
    private synchronized boolean put(BuildAction action) {
        List<BuildAction> next = new ArrayList<>();
        boolean known = false;
        boolean changed = false;
        for (BuildAction each : actions) {
            boolean same = each.requestId().equals(action.requestId());
            BuildAction kept = same ? each.mergedWith(action) : each;
            known |= same;
            changed |= kept != each;
            next.add(kept);
        }
        if (!known) {
            next.add(action);
        }
        actions = next;
        return changed || !known;
    }

    /** Searches only the stored actions, because factories of transient actions call this. */
    @CheckForNull
    private static BuildRecord find(Run<?, ?> build) {
        return storedActions(build).stream()
                .filter(BuildRecord.class::isInstance)
                .map(BuildRecord.class::cast)
                .findFirst()
                .orElse(null);
    }

    @SuppressWarnings("deprecation") // The alternative asks the factories of transient actions as well.
    private static List<hudson.model.Action> storedActions(Actionable build) {
        return build.getActions();
    }

    /** Drops actions that lack something, such as one that a newer version of the plugin has stored. */
    private Object readResolve() {
        List<BuildAction> stored = actions == null ? List.of() : actions;
        actions = new ArrayList<>(stored.stream()
                .filter(action -> action != null && action.isComplete())
                .toList());
        return this;
    }
}
