package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.build.BuildRecord;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.model.TransientActionFactory;
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

    /** Adds the action to builds that have requested something of a staging that the current user may see. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return BuildStagings.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run target) {
            if (target instanceof StagingRun) {
                return Set.of();
            }
            BuildStagings stagings = new BuildStagings((Run<?, ?>) target);
            return stagings.getEntries().isEmpty() ? Set.of() : Set.of(stagings);
        }
    }
}
