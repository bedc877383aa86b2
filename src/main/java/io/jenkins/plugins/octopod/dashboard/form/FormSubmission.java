package io.jenkins.plugins.octopod.dashboard.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Item;
import io.jenkins.plugins.octopod.dashboard.Refusal.Field;
import io.jenkins.plugins.octopod.dashboard.submission.Step;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.engine.RefusalException.Reason;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.SeenOverrides;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.Stagings;
import java.util.List;
import java.util.Optional;

/**
 * What is sent from the form.
 *
 * @param wish what is to be done
 * @param names of the stagings
 * @param seen of an update: what {@link CurrentOverrides#seen} was; null to overwrite whatever there is
 * @param deployment overrides
 * @param application overrides
 */
record FormSubmission(
        Wish wish,
        List<String> names,
        @CheckForNull String seen,
        @CheckForNull List<Entry> deployment,
        @CheckForNull List<Entry> application) {

    /** What the form can be for. */
    enum Wish {
        /** A new staging. */
        CREATE(Kind.CREATE),
        /** A staging that is there gets exactly these overrides. */
        UPDATE(Kind.UPDATE),
        /** Stagings that are there get these overrides over those that they have. */
        MERGE(Kind.MERGE);

        private final Kind kind;

        Wish(Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * One for each staging.
     *
     * @throws RefusalException if what was typed can’t be read
     * @throws org.springframework.security.access.AccessDeniedException if the current user may not do the first of them
     */
    List<Step> steps(OctopodProject project) throws RefusalException {
        if (wish == null || names == null || names.isEmpty() || wish != Wish.MERGE && names.size() > 1) {
            throw new RefusalException(Reason.INVALID_INPUT, Messages.FormSubmission_incomplete());
        }
        checkPermission(project);
        Overrides newDeployment = Entry.read(deployment, Field.DEPLOYMENT);
        Overrides newApplication = Entry.read(application, Field.APPLICATION);
        Cause cause = new Cause.UserIdCause();
        return names.stream()
                .map(name -> new StagingRequest(
                        project, name, null, wish.kind, newApplication, newDeployment, List.of(cause)))
                .map(request -> new Step(project.getFullName() + '/' + request.name(), () -> submit(request)))
                .toList();
    }

    /** Asked for again for each staging by {@link Stagings}; here so that it is answered at once. */
    private void checkPermission(OctopodProject project) {
        Optional<Staging> staging = Stagings.find(project, names.get(0));
        if (wish == Wish.CREATE) {
            project.checkPermission(Item.CREATE);
        } else if (staging.isPresent()) {
            staging.get().checkPermission(Item.BUILD);
        } else {
            project.checkPermission(Item.READ);
        }
    }

    private String submit(StagingRequest request) throws RefusalException, InterruptedException {
        try {
            SeenOverrides seenOverrides = seen == null || wish != Wish.UPDATE ? null : new SeenOverrides(seen);
            return Stagings.submit(request, seenOverrides).staging().getUrl();
        } catch (RefusalException e) {
            throw ConfigProblems.located(e, request.project(), request.deployment(), request.application());
        }
    }
}
