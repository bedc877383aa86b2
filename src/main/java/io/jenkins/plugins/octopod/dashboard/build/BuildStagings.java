package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
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

    /** Returns the block of a build; null if it has no staging that the current user may see, or is a staging’s run. */
    @CheckForNull
    private static BuildStagings of(Run<?, ?> build) {
        if (build instanceof StagingRun) {
            return null;
        }
        BuildStagings stagings = new BuildStagings(build);
        return stagings.getEntries().isEmpty() ? null : stagings;
    }

    /** Adds the action to builds that have requested something of a staging that the current user may see. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends SingleActionFactory<Run> {

        public Factory() {
            super(Run.class, BuildStagings.class, BuildStagings::of);
        }
    }
}
