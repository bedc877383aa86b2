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
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Creates a staging, updates it or brings it back, whichever it needs. */
public final class OctopodDeployStep extends AbstractActionStep {

    private Map<String, Object> appOverrides;
    private Map<String, Object> deploymentOverrides;
    private boolean replaceOverrides;

    @DataBoundConstructor
    public OctopodDeployStep(String project, String name) {
        super(project, name);
    }

    /** Maps in maps, as the snippet generator writes them. */
    @CheckForNull
    public Map<String, Object> getAppOverrides() {
        return OverridesMap.nested(appOverrides);
    }

    /**
     * @param appOverrides plain values by key, or maps of such; null removes a key. A raw type, as Jenkins’s page of steps shows an exception
     *     in the place of any other map
     */
    @DataBoundSetter
    public void setAppOverrides(@SuppressWarnings("rawtypes") Map appOverrides) {
        this.appOverrides = OverridesMap.flat(appOverrides);
    }

    /** As with {@link #getAppOverrides}. */
    @CheckForNull
    public Map<String, Object> getDeploymentOverrides() {
        return OverridesMap.nested(deploymentOverrides);
    }

    /** @param deploymentOverrides as with {@link #setAppOverrides} */
    @DataBoundSetter
    public void setDeploymentOverrides(@SuppressWarnings("rawtypes") Map deploymentOverrides) {
        this.deploymentOverrides = OverridesMap.flat(deploymentOverrides);
    }

    /** Whether overrides that the staging has and that aren’t given here are dropped. */
    public boolean isReplaceOverrides() {
        return replaceOverrides;
    }

    @DataBoundSetter
    public void setReplaceOverrides(boolean replaceOverrides) {
        this.replaceOverrides = replaceOverrides;
    }

    @Override
    Kind kind() {
        return replaceOverrides ? Kind.DEPLOY_EXACTLY : Kind.DEPLOY;
    }

    @Override
    Overrides applicationOverrides() throws RefusalException {
        return OverridesMap.read(appOverrides);
    }

    @Override
    Overrides deploymentOverrides() throws RefusalException {
        return OverridesMap.read(deploymentOverrides);
    }

    @Extension
    public static final class DescriptorImpl extends AbstractStagingStepDescriptor {

        @Override
        public String getFunctionName() {
            return "octopodDeploy";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodDeployStep_displayName();
        }

        /** As the form’s text areas show overrides. */
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

        private static FormValidation checkLines(String lines) {
            try {
                Overrides.parse(Util.fixNull(lines));
                return FormValidation.ok();
            } catch (RefusalException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** People write overrides as lines where the step has maps. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject form) throws FormException {
            JSONObject rest = JSONObject.fromObject(form);
            Map<String, String> application = takeLines(rest, "appOverrides");
            Map<String, String> deployment = takeLines(rest, "deploymentOverrides");
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
