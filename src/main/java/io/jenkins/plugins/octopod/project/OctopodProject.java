package io.jenkins.plugins.octopod.project;

import static io.jenkins.plugins.octopod.project.ProjectSettingsValidation.ifConfigurable;

import com.cloudbees.hudson.plugins.folder.AbstractFolderDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Label;
import hudson.model.TopLevelItem;
import hudson.model.labels.LabelExpression;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import javax.xml.transform.Source;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.verb.POST;

/**
 * Octopod project: a folder of stagings that share control scripts, agents and rules. Users can’t add items to it; only
 * the façade creates its children.
 */
public class OctopodProject extends ProjectFolder implements ProjectSetting.Owner {

    private String projectName;
    private String baseDomain;
    private String namespace;
    private String controlScripts;
    private String agentLabel;
    private int scriptTimeout;
    private int statusTimeout;
    private int maxNameLength;
    private String tagKey;
    private LifetimeSettings lifetime;
    private SleepSettings sleep;
    private CheckSettings checks;
    private LimitSettings limits;
    private PullRequestChecks pullRequestChecks;
    private PipelineAccess pipelineAccess;

    public OctopodProject(ItemGroup<?> parent, String name) {
        super(parent, name);
        init();
    }

    @Override
    public void updateByXml(Source source) throws IOException {
        checkPermission(CONFIGURE); // before anything is read
        super.updateByXml(ProjectPropertyList.requireValidXml(this, source));
    }

    @Override
    protected final void init() {
        super.init();
        ProjectPropertyList.requireValidIfPosted(this);
        // Not set at the declaration, because a config.xml can lack the values.
        ProjectSetting.copyAll(this, this);
    }

    /** Fixes the names that control scripts get, so that they don't change when the item is renamed. */
    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        ProjectIdentity identity = identity();
        projectName = identity.projectName();
        namespace = identity.namespace();
    }

    /** Returns the project's names for control scripts. The item's name is used for those that aren't set. */
    public ProjectIdentity identity() {
        return new ProjectIdentity(
                Util.fixNull(Util.fixEmpty(projectName), getName()),
                Util.fixNull(baseDomain),
                Util.fixNull(Util.fixEmpty(namespace), getName()));
    }

    /** Returns the label of the agents for the project's control scripts; null for any agent. */
    public Label assignedLabel() {
        return agentLabel == null ? null : Label.get(agentLabel);
    }

    /** Returns the time limit of a run's script. */
    public Duration scriptTimeoutDuration() {
        return Duration.ofSeconds(scriptTimeout);
    }

    /** Returns how long {@code check} may fail after a deployment. */
    public Duration statusTimeoutDuration() {
        return Duration.ofSeconds(statusTimeout);
    }

    @Override
    @Exported
    public String getProjectName() {
        return projectName;
    }

    @Override
    @DataBoundSetter
    public final void setProjectName(String projectName) {
        this.projectName = Util.fixEmptyAndTrim(projectName);
    }

    @Override
    @Exported
    public String getBaseDomain() {
        return baseDomain;
    }

    @Override
    @DataBoundSetter
    public final void setBaseDomain(String baseDomain) {
        this.baseDomain = Util.fixEmptyAndTrim(baseDomain);
    }

    @Override
    @Exported
    public String getNamespace() {
        return namespace;
    }

    @Override
    @DataBoundSetter
    public final void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Returns the name of the tool; null for the only tool. */
    @Override
    public String getControlScripts() {
        return controlScripts;
    }

    @Override
    @DataBoundSetter
    public final void setControlScripts(String controlScripts) {
        this.controlScripts = Util.fixEmptyAndTrim(controlScripts);
    }

    /** Returns the label expression; null for any agent. */
    @Override
    public String getAgentLabel() {
        return agentLabel;
    }

    @Override
    @DataBoundSetter
    public final void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** Returns the time limit in seconds. */
    @Override
    public int getScriptTimeout() {
        return scriptTimeout;
    }

    @Override
    @DataBoundSetter
    public final void setScriptTimeout(int scriptTimeout) {
        this.scriptTimeout = scriptTimeout > 0 ? scriptTimeout : ProjectSettingsValidation.DEFAULT_SCRIPT_TIMEOUT;
    }

    /** Returns the time in seconds. */
    @Override
    public int getStatusTimeout() {
        return statusTimeout;
    }

    @Override
    @DataBoundSetter
    public final void setStatusTimeout(int statusTimeout) {
        this.statusTimeout = statusTimeout > 0 ? statusTimeout : ProjectSettingsValidation.DEFAULT_STATUS_TIMEOUT;
    }

    /** Returns the number of characters. */
    @Override
    @Exported
    public int getMaxNameLength() {
        return maxNameLength;
    }

    /** Sets the nearest valid value. The form refuses a value out of range, but a config.xml can contain one. */
    @Override
    @DataBoundSetter
    public final void setMaxNameLength(int maxNameLength) {
        int wanted = maxNameLength > 0 ? maxNameLength : StagingName.DEFAULT_MAX_LENGTH;
        this.maxNameLength = Math.min(Math.max(wanted, StagingName.MIN_LENGTH_LIMIT), StagingName.MAX_LENGTH_LIMIT);
    }

    /** Returns the key of the running version, which is looked up in deployment and then application overrides. */
    @Override
    @Exported
    public String getTagKey() {
        return tagKey;
    }

    @Override
    @DataBoundSetter
    public final void setTagKey(String tagKey) {
        this.tagKey = Util.fixNull(Util.fixEmptyAndTrim(tagKey), ProjectSettingsValidation.DEFAULT_TAG_KEY);
    }

    @Override
    @NonNull
    public LifetimeSettings getLifetime() {
        return lifetime;
    }

    @Override
    @DataBoundSetter
    public final void setLifetime(LifetimeSettings lifetime) {
        this.lifetime = lifetime == null ? new LifetimeSettings() : lifetime;
    }

    @Override
    @NonNull
    public SleepSettings getSleep() {
        return sleep;
    }

    @Override
    @DataBoundSetter
    public final void setSleep(SleepSettings sleep) {
        this.sleep = sleep == null ? new SleepSettings() : sleep;
    }

    @Override
    @NonNull
    public CheckSettings getChecks() {
        return checks;
    }

    /** Sets the check settings; null for the defaults. */
    @Override
    @DataBoundSetter
    public final void setChecks(CheckSettings checks) {
        this.checks = checks == null ? new CheckSettings() : checks;
    }

    @Override
    @NonNull
    public LimitSettings getLimits() {
        return limits;
    }

    @Override
    @DataBoundSetter
    public final void setLimits(LimitSettings limits) {
        this.limits = limits == null ? new LimitSettings() : limits;
    }

    @Override
    @NonNull
    public PullRequestChecks getPullRequestChecks() {
        return pullRequestChecks;
    }

    @Override
    @DataBoundSetter
    public final void setPullRequestChecks(PullRequestChecks pullRequestChecks) {
        this.pullRequestChecks = pullRequestChecks == null ? PullRequestChecks.WITH_LOG : pullRequestChecks;
    }

    @Override
    @NonNull
    public PipelineAccess getPipelineAccess() {
        return pipelineAccess;
    }

    @Override
    @DataBoundSetter
    public final void setPipelineAccess(PipelineAccess pipelineAccess) {
        this.pipelineAccess = pipelineAccess == null ? new PipelineAccess() : pipelineAccess;
    }

    @Override
    protected void submit(StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException, Descriptor.FormException {
        ProjectSetting.requireValid(req.getSubmittedForm());
        req.bindJSON(this, req.getSubmittedForm());
    }

    @NonNull
    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) super.getDescriptor();
    }

    /** Descriptor of the project, which also adds it to “New Item”. */
    @Extension
    @Symbol("octopodProject")
    public static class DescriptorImpl extends AbstractFolderDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OctopodProject_displayName();
        }

        @Override
        public String getDescription() {
            return Messages.OctopodProject_description();
        }

        @Override
        public String getIconClassName() {
            return ProjectIcon.SYMBOL;
        }

        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new OctopodProject(parent, name);
        }

        @Override
        public boolean isIconConfigurable() {
            return false;
        }

        @POST
        public ListBoxModel doFillControlScriptsItems(
                @AncestorInPath Item item, @QueryParameter String controlScripts) {
            return ProjectSettingsValidation.controlScripts(item, controlScripts);
        }

        @POST
        public FormValidation doCheckControlScripts(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkControlScripts(value));
        }

        /** Not a POST, because the browser sends a GET. */
        public AutoCompletionCandidates doAutoCompleteAgentLabel(
                @AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.agentLabels(item, value);
        }

        @POST
        public FormValidation doCheckAgentLabel(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> LabelExpression.validate(value, item));
        }

        @POST
        public FormValidation doCheckProjectName(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkProjectName(value));
        }

        @POST
        public FormValidation doCheckBaseDomain(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkBaseDomain(value));
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkNamespace(value));
        }

        @POST
        public FormValidation doCheckScriptTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkTimeout(value));
        }

        @POST
        public FormValidation doCheckStatusTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkTimeout(value));
        }

        @POST
        public FormValidation doCheckMaxNameLength(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String baseDomain) {
            return ifConfigurable(item, () -> ProjectSettingsValidation.checkMaxNameLength(value, baseDomain));
        }
    }
}
