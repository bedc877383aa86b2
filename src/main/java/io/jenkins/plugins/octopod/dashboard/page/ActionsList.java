package io.jenkins.plugins.octopod.dashboard.page;

import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import java.util.ArrayList;
import java.util.List;

/** Newest actions of a staging, newest first. Each is read from disk, so the list isn’t part of the page. */
public final class ActionsList {

    /** Number of entries that are loaded at a time. */
    static final int PAGE = 25;

    private static final int MAX_ENTRIES = 1000;

    private final List<RunEntry> entries = new ArrayList<>();
    private final boolean more;

    ActionsList(Staging staging, int wanted) {
        int count = Math.max(PAGE, Math.min(wanted, MAX_ENTRIES));
        StagingRun run = staging.getLastBuild();
        while (run != null && entries.size() < count) {
            RunEntry entry = new RunEntry(run);
            entries.add(entry);
            run = entry.getPrevious();
        }
        more = run != null && entries.size() < MAX_ENTRIES;
    }

    public List<RunEntry> getEntries() {
        return entries;
    }

    /** Returns the number of entries to request for a longer list; 0 if there are no more. */
    public int getNext() {
        return more ? entries.size() + PAGE : 0;
    }
}
