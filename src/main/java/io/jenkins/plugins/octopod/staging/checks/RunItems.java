package io.jenkins.plugins.octopod.staging.checks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Label;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.engine.Status;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ProjectAgents;
import io.jenkins.plugins.octopod.project.access.RunItem;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRun;
import io.jenkins.plugins.octopod.staging.state.ImportInfo;
import io.jenkins.plugins.octopod.staging.state.ObservedState;
import io.jenkins.plugins.octopod.staging.support.RequesterName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Creates queue items like those of runs, to find out which agents would take these runs. */
@Extension
@Restricted(NoExternalUse.class)
public final class RunItems implements ProjectAgents.RunItemFactory {

    /** Name of the sample staging for a project without stagings. */
    private static final String SAMPLE_NAME = "new";

    /**
     * Returns an item like that of the staging’s next run, if it is requested by the user who changed the staging last.
     */
    public static RunItem of(Staging staging) {
        return new RunItem(new Candidate(staging.getParent(), staging.stagingName()), causes(requester(staging)));
    }

    /** Returns an item like that of a run that is requested now, whether or not the staging exists. */
    public static RunItem of(OctopodProject project, StagingName name, List<Cause> causes) {
        return new RunItem(new Candidate(project, name), causes);
    }

    @NonNull
    @Override
    public List<RunItem> runItems(@NonNull OctopodProject project) {
        Map<String, Staging> byRequester = new LinkedHashMap<>();
        project.allChildren(Staging.class).forEach(staging -> {
            String requester = requester(staging);
            byRequester.putIfAbsent(requester == null ? "" : requester, staging);
        });
        return byRequester.isEmpty()
                ? List.of(new RunItem(new Candidate(project, sampleName()), null))
                : byRequester.values().stream().map(RunItems::of).toList();
    }

    /** Returns a user id, or the name of a build that acted for no user; null if unknown. */
    @CheckForNull
    private static String requester(Staging staging) {
        ImportInfo imported = staging.imported();
        String changedBy = staging.getChangedBy();
        return changedBy == null && imported != null ? imported.by() : changedBy;
    }

    @CheckForNull
    private static List<Cause> causes(@CheckForNull String requester) {
        if (requester == null) {
            return null;
        }
        return RequesterName.isBuild(requester) ? List.of() : List.of(new Cause.UserIdCause(requester));
    }

    private static StagingName sampleName() {
        try {
            return StagingName.of(SAMPLE_NAME, StagingName.MAX_LENGTH_LIMIT);
        } catch (RefusalException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Represents a staging for plugins that decide by the job. It does not belong to the project and has no action, so
     * the agent of a run in progress has no effect.
     */
    private static final class Candidate extends Staging {

        Candidate(OctopodProject project, StagingName name) {
            super(project, name);
        }

        @Override
        public Label getAssignedLabel() {
            return getParent().assignedLabel();
        }

        @NonNull
        @Override
        public ObservedState observedState() {
            return ObservedState.initial(Status.CreatePending, Instant.EPOCH, null);
        }

        @CheckForNull
        @Override
        public StagingRun unfinishedRun() {
            return null;
        }
    }
}
