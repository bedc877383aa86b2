package io.jenkins.plugins.octopod.dashboard.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.octopod.SingleActionFactory;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.build.DeployingJobs;
import java.util.List;
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
    @Override
    public int getUnlisted() {
        return Math.max(0, visible().size() - MAX_ENTRIES);
    }

    private List<Staging> visible() {
        return DeployingJobs.get().visibleOf(job);
    }

    /** Returns the block of a job; null if it has no staging that the current user may see, or is a staging. */
    @CheckForNull
    private static JobStagings of(Job<?, ?> job) {
        return job instanceof Staging || !DeployingJobs.get().isAnyVisible(job) ? null : new JobStagings(job);
    }

    /** Adds the action to jobs that have deployed a staging that the current user may see. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends SingleActionFactory<Job> {

        public Factory() {
            super(Job.class, JobStagings.class, JobStagings::of);
        }
    }
}
