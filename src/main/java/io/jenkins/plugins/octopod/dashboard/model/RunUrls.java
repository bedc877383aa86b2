package io.jenkins.plugins.octopod.dashboard.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.staging.Staging;

/** URLs of runs’ pages, determined without loading the runs. */
@ModuleInternal
public final class RunUrls {

    private RunUrls() {}

    /** Returns the URL relative to Jenkins’ root; null if no run has the number. */
    @CheckForNull
    public static String url(Staging staging, int number) {
        boolean there = number > 0 && staging.getLazyBuildMixIn()._getRuns().runExists(number);
        return there ? staging.getUrl() + number + '/' : null;
    }
}
