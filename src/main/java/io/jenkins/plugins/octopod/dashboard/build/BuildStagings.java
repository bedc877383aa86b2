package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
import io.jenkins.plugins.octopod.staging.build.RecordedStaging;
import java.util.List;
import org.kohsuke.stapler.export.Exported;

/** The stagings of a build, on its page and in its exported data. */
public final class BuildStagings extends StagingsBlock {

    private final Run<?, ?> build;

    private BuildStagings(Run<?, ?> build) {
        super(build.getUrl());
        this.build = build;
    }

    @Exported(name = "stagings", visibility = 2)
    @Override
    public List<BuildStagingEntry> getEntries() {
        return BuildStagingEntry.visible(BuildRecord.actions(build));
    }

    /** Returns the number of stagings that no longer exist, like their projects, whatever the current user could see. */
    @Override
    public int getUnlisted() {
        return (int) BuildRecord.actions(build).stream()
                .filter(action -> RecordedStaging.of(action).isOfMissingProject())
                .map(action -> List.of(action.project(), action.name(), action.createdAt()))
                .distinct()
                .count();
    }

    /** Returns the block of a build; null if it has nothing to say to the current user, or is a staging’s run. */
    @CheckForNull
    private static BuildStagings of(Run<?, ?> build) {
        if (build instanceof StagingRun) {
            return null;
        }
        BuildStagings stagings = new BuildStagings(build);
        return stagings.getEntries().isEmpty() && stagings.getUnlisted() == 0 ? null : stagings;
    }

    /**
     * Adds the action to builds that have requested something of a staging that the current user may see, or whose
     * project no longer exists.
     */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends SingleActionFactory<Run> {

        public Factory() {
            super(Run.class, BuildStagings.class, BuildStagings::of);
        }
    }
}
