package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.build.DeployingJobs;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;

/** The stagings that a job, such as that of a branch, has deployed last: at the top of its page, and in its exported data. */
public final class JobStagings extends StagingsBlock {

    /** A job for all branches can have deployed hundreds. The others are in the Stagings view. */
    private static final int MAX_ENTRIES = 10;

    private final Job<?, ?> job;

    private JobStagings(Job<?, ?> job) {
        super(job.getUrl());
        this.job = job;
    }

    /** Returns the stagings with the newest changes. */
    @Exported(name = "stagings", visibility = 2)
    @Override
    public List<JobStagingEntry> getEntries() {
        return visible().stream().limit(MAX_ENTRIES).map(JobStagingEntry::new).toList();
    }

    /** Returns the number of further stagings. */
    public int getMore() {
        return Math.max(0, visible().size() - MAX_ENTRIES);
    }

    private List<Staging> visible() {
        return DeployingJobs.get().visibleOf(job);
    }

    /** Adds the action to jobs that have deployed a staging that the current user may see. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobStagings.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            JobStagings stagings = new JobStagings((Job<?, ?>) target);
            return target instanceof Staging || stagings.visible().isEmpty() ? Set.of() : Set.of(stagings);
        }
    }
}
