package io.jenkins.plugins.octopod.staging.build;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.StagingRunParameters;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Records the runs of stagings with the builds that requested them. */
@Extension
@Restricted(NoExternalUse.class)
public final class BuildRunListener extends RunListener<StagingRun> {

    @Override
    public void onStarted(StagingRun run, TaskListener listener) {
        record(run);
    }

    @Override
    public void onCompleted(StagingRun run, @NonNull TaskListener listener) {
        record(run);
    }

    private static void record(StagingRun run) {
        StagingRunParameters parameters = run.parameters();
        if (parameters == null) {
            return;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Cause cause : run.getCauses()) {
                Run<?, ?> build = cause instanceof Cause.UpstreamCause upstream ? upstream.getUpstreamRun() : null;
                if (build != null) {
                    BuildRecord.record(build, run, parameters.getRequestId());
                }
            }
        }
    }
}
