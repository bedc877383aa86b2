package io.jenkins.plugins.octopod.dashboard;

import hudson.Extension;
import io.jenkins.plugins.octopod.dashboard.model.RunSummary;
import io.jenkins.plugins.octopod.dashboard.model.StagingSummary;
import io.jenkins.plugins.octopod.dashboard.page.RunEntry;
import io.jenkins.plugins.octopod.dashboard.page.StagingPage;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;

/**
 * Creates the view models of staging and run pages. The classes of stagings and runs don’t depend on pages. Jelly looks
 * this extension up by its name instead.
 */
@Extension
public class PageModelFactory {

    public StagingSummary ofStaging(Staging staging) {
        return new StagingSummary(staging);
    }

    /** Returns the model of a staging’s own page, which contains more than the summary. */
    public StagingPage pageOf(Staging staging) {
        return new StagingPage(staging);
    }

    public RunSummary ofRun(StagingRun run) {
        return new RunSummary(run);
    }

    /**
     * Returns the model of a run’s own page. It also contains the changes since the previous run, which it reads from
     * disk.
     */
    public RunEntry pageOfRun(StagingRun run) {
        return new RunEntry(run);
    }
}
