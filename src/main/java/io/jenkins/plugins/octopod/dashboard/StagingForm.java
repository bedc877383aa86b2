package io.jenkins.plugins.octopod.dashboard;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Cause;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.StagingRequest;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;

/**
 * What somebody has typed into the form for a new staging or for an update, and what was wrong with it. Immutable; a
 * refused form is shown again with all that was typed.
 */
public final class StagingForm {

    static final StagingForm EMPTY = new StagingForm("", "", "");

    private final String name;
    private final TypedOverrides deployment;
    private final TypedOverrides application;

    @CheckForNull
    private final Refusal refusal;

    StagingForm(String name, String deployment, String application) {
        this(name, TypedOverrides.of(deployment), TypedOverrides.of(application), null);
    }

    private StagingForm(String name, TypedOverrides deployment, TypedOverrides application, Refusal refusal) {
        this.name = Util.fixNull(name);
        this.deployment = deployment;
        this.application = application;
        this.refusal = refusal;
    }

    /** The form for an update, with what the staging has. */
    static StagingForm of(Staging staging) {
        return new StagingForm(
                staging.getName(),
                TypedOverrides.showing(staging.getDeploymentOverrides()),
                TypedOverrides.showing(staging.getApplicationOverrides()),
                null);
    }

    /** The same form with other lines typed into it. */
    StagingForm typed(String newDeployment, String newApplication) {
        return new StagingForm(name, deployment.typed(newDeployment), application.typed(newApplication), null);
    }

    /** @throws RefusalException if the overrides can’t be read */
    StagingRequest request(OctopodProject project, StagingRequest.Kind kind) throws RefusalException {
        return new StagingRequest(
                project,
                name,
                null,
                kind,
                application.read(Refusal.Field.APPLICATION),
                deployment.read(Refusal.Field.DEPLOYMENT),
                List.of(new Cause.UserIdCause()));
    }

    /** Answers a refused form with its page again, which finds what was typed as {@code form}. */
    HttpResponse refusedBy(RefusalException e, Object it, String view) {
        Refusal newRefusal = Refusal.of(e);
        StagingForm refused = new StagingForm(name, deployment, application, newRefusal);
        return new RefusalResponse(newRefusal.statusCode(), it, view, "form", refused);
    }

    static FormValidation checkOverrides(String lines) {
        try {
            Overrides.parse(Util.fixNull(lines));
            return FormValidation.ok();
        } catch (RefusalException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public String getName() {
        return name;
    }

    public String getDeployment() {
        return deployment.lines();
    }

    public String getApplication() {
        return application.lines();
    }

    /** Whether there is an override that can’t be written as a line, and is only kept where nothing else is changed. */
    public boolean isLossy() {
        return deployment.isLossy() || application.isLossy();
    }

    /** What is wrong with the field; null where nothing is. */
    @CheckForNull
    public String getNameError() {
        return error(Refusal.Field.NAME);
    }

    /** As {@link #getNameError}. */
    @CheckForNull
    public String getDeploymentError() {
        return error(Refusal.Field.DEPLOYMENT);
    }

    /** As {@link #getNameError}. */
    @CheckForNull
    public String getApplicationError() {
        return error(Refusal.Field.APPLICATION);
    }

    /** What is wrong with no field of which that could be told; null where nothing is. */
    @CheckForNull
    public String getError() {
        return error(Refusal.Field.NONE);
    }

    private String error(Refusal.Field field) {
        return refusal != null && refusal.field() == field ? refusal.sentence() : null;
    }
}
