package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.octopod.staging.Staging;

/** URLs of runs’ pages, made without loading the runs. */
final class RunUrls {

    private RunUrls() {}

    /** From the root of Jenkins; null if there is no run of that number. */
    @CheckForNull
    static String url(Staging staging, int number) {
        boolean there = number > 0 && staging.getLazyBuildMixIn()._getRuns().runExists(number);
        return there ? staging.getUrl() + number + '/' : null;
    }
}
