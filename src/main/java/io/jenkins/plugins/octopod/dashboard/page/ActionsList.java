package io.jenkins.plugins.octopod.dashboard.page;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.ArrayList;
import java.util.List;

/** The newest of a staging’s actions, newest first. Each is read from disk, so it isn’t part of the page. */
public final class ActionsList {

    /** So many at once. */
    static final int PAGE = 25;

    private static final int MOST = 1000;

    private final List<ActionEntry> entries = new ArrayList<>();
    private final boolean more;

    ActionsList(Staging staging, int wanted) {
        int count = Math.max(PAGE, Math.min(wanted, MOST));
        StagingRun run = staging.getLastBuild();
        while (run != null && entries.size() < count) {
            ActionEntry entry = new ActionEntry(run);
            entries.add(entry);
            run = entry.getPrevious();
        }
        more = run != null && entries.size() < MOST;
    }

    public List<ActionEntry> getEntries() {
        return entries;
    }

    /** How many to ask for to see more of them; 0 where there are no more. */
    public int getNext() {
        return more ? entries.size() + PAGE : 0;
    }
}
