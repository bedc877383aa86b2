package io.jenkins.plugins.octopod.dashboard.dialog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.dashboard.background.BackgroundTask;
import io.jenkins.plugins.octopod.dashboard.web.RefusalView.Field;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.overrides.OverridesVersion;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import io.jenkins.plugins.octopod.staging.request.OverridesLimits;
import io.jenkins.plugins.octopod.staging.request.StagingService;
import io.jenkins.plugins.octopod.staging.turn.IfBusy;
import io.jenkins.plugins.octopod.staging.turn.WaitingRequestService;
import java.util.List;
import java.util.Optional;

/**
 * Content of the dialog that a user submitted.
 *
 * @param wish mode of the dialog
 * @param names names of the stagings
 * @param seen {@link CurrentOverrides#seen} when the dialog for an update was opened, or {@code null} to overwrite the
 *     current overrides
 * @param deployment deployment overrides
 * @param application application overrides
 * @param afterThat whether to run it after the current action on the staging, instead of refusing it
 */
record DialogSubmission(
        Mode wish,
        List<String> names,
        @CheckForNull String seen,
        @CheckForNull List<KeyValueEntry> deployment,
        @CheckForNull List<KeyValueEntry> application,
        boolean afterThat) {

    /** Mode of the dialog. */
    enum Mode {
        /** Creates a staging. */
        CREATE(Kind.CREATE),
        /** Replaces all overrides of an existing staging. */
        UPDATE(Kind.UPDATE),
        /** Merges these overrides into those of existing stagings. */
        MERGE(Kind.MERGE);

        private final Kind kind;

        Mode(Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * Returns one task for each staging.
     *
     * @throws RefusalException if the input is invalid
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks the permission for
     *     the first staging
     */
    List<BackgroundTask> tasks(OctopodProject project) throws RefusalException {
        if (wish == null
                || names == null
                || names.isEmpty()
                || names.contains(null)
                || wish != Mode.MERGE && names.size() > 1) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.DialogSubmission_incomplete());
        }
        requireShortNames();
        checkPermission(project);
        Overrides newDeployment = KeyValueEntry.read(deployment, Field.DEPLOYMENT);
        StagingOverrides overrides =
                new StagingOverrides(KeyValueEntry.read(application, Field.APPLICATION), newDeployment);
        OverridesLimits.require(overrides);
        Cause cause = new Cause.UserIdCause();
        return names.stream()
                .map(name -> StagingRequest.builder(project, name, wish.kind)
                        .overrides(overrides)
                        .expectedVersion(seen == null || wish != Mode.UPDATE ? null : new OverridesVersion(seen))
                        .cause(cause)
                        .build())
                .map(request -> new BackgroundTask(project.getFullName() + '/' + request.name(), () -> submit(request)))
                .toList();
    }

    /** Refuses names that are too long, so that they aren’t kept. */
    private void requireShortNames() throws RefusalException {
        for (String name : names) {
            if (name.length() > StagingName.MAX_LENGTH_LIMIT) {
                StagingName.of(name, StagingName.MAX_LENGTH_LIMIT);
            }
        }
    }

    /** Checks the permission for an immediate response. {@link StagingService} checks it again for each staging. */
    private void checkPermission(OctopodProject project) {
        Optional<Staging> staging = StagingService.find(project, names.get(0));
        if (wish == Mode.CREATE) {
            project.checkPermission(Item.CREATE);
        } else if (staging.isPresent()) {
            staging.get().checkPermission(Item.BUILD);
        } else {
            project.checkPermission(Item.READ);
        }
    }

    private String submit(StagingRequest request) throws RefusalException, InterruptedException {
        try {
            return WaitingRequestService.submit(request, IfBusy.of(afterThat))
                    .staging()
                    .getUrl();
        } catch (RefusalException e) {
            throw ConfigCheckErrorLocator.located(e, request.project(), request.overrides());
        }
    }
}
