package io.jenkins.plugins.octopod.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.engine.Overrides;
import io.jenkins.plugins.octopod.engine.RefusalException;
import io.jenkins.plugins.octopod.pipeline.value.OverridesMap;
import io.jenkins.plugins.octopod.staging.StagingRequest.Kind;
import io.jenkins.plugins.octopod.staging.note.NoteText;
import io.jenkins.plugins.octopod.staging.overrides.StagingOverrides;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Pipeline step that creates, updates or restores a staging, depending on its state. */
public final class OctopodDeployStep extends AbstractActionStep {

    private Map<String, Object> appOverrides;
    private Map<String, Object> deploymentOverrides;
    private boolean replaceOverrides;
    private boolean keepTypes;
    private boolean publishChecks = true;

    @CheckForNull
    private String note;

    @DataBoundConstructor
    public OctopodDeployStep(String project, String name) {
        super(Kind.DEPLOY, project, name);
    }

    /** Returns the application overrides as nested maps, in the form of the snippet generator. */
    @CheckForNull
    public Map<String, Object> getAppOverrides() {
        return OverridesMap.nested(appOverrides);
    }

    /**
     * Sets the application overrides. The parameter has a raw type because Jenkins’ page of steps fails for any other
     * map.
     *
     * @param appOverrides plain values by key, or nested maps of plain values; a null value removes a key
     */
    @DataBoundSetter
    public void setAppOverrides(@SuppressWarnings("rawtypes") Map appOverrides) {
        this.appOverrides = OverridesMap.flat(appOverrides);
    }

    /** Returns the deployment overrides, see {@link #getAppOverrides}. */
    @CheckForNull
    public Map<String, Object> getDeploymentOverrides() {
        return OverridesMap.nested(deploymentOverrides);
    }

    /**
     * Sets the deployment overrides.
     *
     * @param deploymentOverrides plain values by key, see {@link #setAppOverrides}
     */
    @DataBoundSetter
    public void setDeploymentOverrides(@SuppressWarnings("rawtypes") Map deploymentOverrides) {
        this.deploymentOverrides = OverridesMap.flat(deploymentOverrides);
    }

    /** Returns whether the staging’s other overrides are removed. */
    public boolean isReplaceOverrides() {
        return replaceOverrides;
    }

    @DataBoundSetter
    public void setReplaceOverrides(boolean replaceOverrides) {
        this.replaceOverrides = replaceOverrides;
    }

    /**
     * Returns whether overrides have the YAML tags of their Groovy types. The form doesn’t have this parameter, because
     * its overrides are lines of text.
     */
    public boolean isKeepTypes() {
        return keepTypes;
    }

    @DataBoundSetter
    public void setKeepTypes(boolean keepTypes) {
        this.keepTypes = keepTypes;
    }

    /** Returns whether a check is published in the pull request, if the project allows it. */
    @Override
    public boolean isPublishChecks() {
        return publishChecks;
    }

    @DataBoundSetter
    public void setPublishChecks(boolean publishChecks) {
        this.publishChecks = publishChecks;
    }

    /** Returns the note that the staging gets; empty to remove the note, null to keep it. */
    @CheckForNull
    public String getNote() {
        return note;
    }

    @DataBoundSetter
    public void setNote(@CheckForNull String note) {
        this.note = note;
    }

    @Override
    String checkedNote() throws RefusalException {
        return note == null ? null : NoteText.of(note);
    }

    @Override
    Kind kind() {
        return replaceOverrides ? Kind.DEPLOY_EXACTLY : super.kind();
    }

    @Override
    StagingOverrides overrides() throws RefusalException {
        return new StagingOverrides(read(appOverrides), read(deploymentOverrides));
    }

    private Overrides read(Map<String, Object> flat) throws RefusalException {
        return keepTypes ? OverridesMap.readTagged(flat) : OverridesMap.read(flat);
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        public DescriptorImpl() {
            super("octopodDeploy", Messages._OctopodDeployStep_displayName());
        }

        /** Returns overrides as the lines of a text area. */
        public String lines(Map<String, Object> overrides) throws RefusalException {
            return OverridesMap.read(OverridesMap.flat(overrides)).toString();
        }

        @POST
        public FormValidation doCheckAppOverrides(@QueryParameter String value) {
            return checkLines(value);
        }

        @POST
        public FormValidation doCheckDeploymentOverrides(@QueryParameter String value) {
            return checkLines(value);
        }

        @POST
        public FormValidation doCheckNote(@QueryParameter String value) {
            try {
                NoteText.of(value);
                return FormValidation.ok();
            } catch (RefusalException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static FormValidation checkLines(String lines) {
            try {
                Overrides.parse(Util.fixNull(lines));
                return FormValidation.ok();
            } catch (RefusalException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Creates the step from the form, in which overrides are lines instead of maps, and no note is an empty text. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            JSONObject rest = JSONObject.fromObject(form);
            Map<String, String> application = takeLines(rest, "appOverrides");
            Map<String, String> deployment = takeLines(rest, "deploymentOverrides");
            if (rest.optString("note").isBlank()) {
                rest.remove("note");
            }
            OctopodDeployStep step = (OctopodDeployStep) super.newInstance(req, rest);
            step.setAppOverrides(application);
            step.setDeploymentOverrides(deployment);
            return step;
        }

        private static Map<String, String> takeLines(JSONObject form, String field) throws FormException {
            try {
                return Overrides.parse(form.remove(field) instanceof String lines ? lines : "")
                        .asMap();
            } catch (RefusalException e) {
                throw new FormException(e.getMessage(), e, field);
            }
        }
    }
}
