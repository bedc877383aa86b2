package io.jenkins.plugins.octopod.dashboard;

import hudson.Extension;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;

/**
 * By which the pages of stagings and of runs, whose classes know nothing of pages, get at what they show: an extension
 * is what Jelly can look up by its name.
 */
@Extension
public class PageModels {

    public StagingSummary ofStaging(Staging staging) {
        return new StagingSummary(staging);
    }

    public RunSummary ofRun(StagingRun run) {
        return new RunSummary(run);
    }
}
