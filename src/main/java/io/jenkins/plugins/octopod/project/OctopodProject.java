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
 * An Octopod project: a folder of stagings that share control scripts, agents and rules. Nothing can be put into it by
 * hand; its children come from the façade alone.
 */
public class OctopodProject extends ProjectFolder {

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
    private PipelineAccess pipelineAccess;

    public OctopodProject(ItemGroup<?> parent, String name) {
        super(parent, name);
        init();
    }

    @Override
    public void updateByXml(Source source) throws IOException {
        checkPermission(CONFIGURE); // before anything of it is read
        super.updateByXml(ProjectPropertyList.requireValidXml(this, source));
    }

    @Override
    protected final void init() {
        super.init();
        ProjectPropertyList.requireValidIfPosted(this);
        // Here and not where they are declared: a config.xml may lack them.
        scriptTimeout = scriptTimeout > 0 ? scriptTimeout : ProjectSettingsValidation.DEFAULT_SCRIPT_TIMEOUT;
        statusTimeout = statusTimeout > 0 ? statusTimeout : ProjectSettingsValidation.DEFAULT_STATUS_TIMEOUT;
        setMaxNameLength(maxNameLength > 0 ? maxNameLength : StagingName.DEFAULT_MAX_LENGTH);
        setTagKey(tagKey);
        setLifetime(lifetime);
        setSleep(sleep);
        setChecks(checks);
        setLimits(limits);
        setPipelineAccess(pipelineAccess);
    }

    /** Fixes what is told to control scripts: a later renaming of the item must not make them look elsewhere. */
    @Override
    public void onCreatedFromScratch() {
        super.onCreatedFromScratch();
        ProjectIdentity identity = identity();
        projectName = identity.projectName();
        namespace = identity.namespace();
    }

    /** What control scripts are told of the project; what isn't set is taken from the item's name. */
    public ProjectIdentity identity() {
        return new ProjectIdentity(
                Util.fixNull(Util.fixEmpty(projectName), getName()),
                Util.fixNull(baseDomain),
                Util.fixNull(Util.fixEmpty(namespace), getName()));
    }

    /** The agents that run the project's control scripts; null for any. */
    public Label assignedLabel() {
        return agentLabel == null ? null : Label.get(agentLabel);
    }

    /** How long a script of a run may take. */
    public Duration scriptTimeoutDuration() {
        return Duration.ofSeconds(scriptTimeout);
    }

    /** How long {@code check} may go on saying no after a deployment. */
    public Duration statusTimeoutDuration() {
        return Duration.ofSeconds(statusTimeout);
    }

    @Exported
    public String getProjectName() {
        return projectName;
    }

    @DataBoundSetter
    public void setProjectName(String projectName) {
        this.projectName = Util.fixEmptyAndTrim(projectName);
    }

    @Exported
    public String getBaseDomain() {
        return baseDomain;
    }

    @DataBoundSetter
    public void setBaseDomain(String baseDomain) {
        this.baseDomain = Util.fixEmptyAndTrim(baseDomain);
    }

    @Exported
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** The name of the tool; null for the only one there is. */
    public String getControlScripts() {
        return controlScripts;
    }

    @DataBoundSetter
    public void setControlScripts(String controlScripts) {
        this.controlScripts = Util.fixEmptyAndTrim(controlScripts);
    }

    /** A label expression; null for any agent. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** In seconds. */
    public int getScriptTimeout() {
        return scriptTimeout;
    }

    @DataBoundSetter
    public void setScriptTimeout(int scriptTimeout) {
        this.scriptTimeout = scriptTimeout;
    }

    /** In seconds. */
    public int getStatusTimeout() {
        return statusTimeout;
    }

    @DataBoundSetter
    public void setStatusTimeout(int statusTimeout) {
        this.statusTimeout = statusTimeout;
    }

    /** In characters. */
    @Exported
    public int getMaxNameLength() {
        return maxNameLength;
    }

    /** The form refuses what is out of range; from elsewhere, as a config.xml, it is what is nearest. */
    @DataBoundSetter
    public final void setMaxNameLength(int maxNameLength) {
        this.maxNameLength =
                Math.min(Math.max(maxNameLength, StagingName.MIN_LENGTH_LIMIT), StagingName.MAX_LENGTH_LIMIT);
    }

    /** The key whose value is the version that a staging runs, among deployment and then application overrides. */
    @Exported
    public String getTagKey() {
        return tagKey;
    }

    @DataBoundSetter
    public final void setTagKey(String tagKey) {
        this.tagKey = Util.fixNull(Util.fixEmptyAndTrim(tagKey), ProjectSettingsValidation.DEFAULT_TAG_KEY);
    }

    @NonNull
    public LifetimeSettings getLifetime() {
        return lifetime;
    }

    @DataBoundSetter
    public final void setLifetime(LifetimeSettings lifetime) {
        this.lifetime = lifetime == null ? new LifetimeSettings() : lifetime;
    }

    @NonNull
    public SleepSettings getSleep() {
        return sleep;
    }

    @DataBoundSetter
    public final void setSleep(SleepSettings sleep) {
        this.sleep = sleep == null ? new SleepSettings() : sleep;
    }

    @NonNull
    public CheckSettings getChecks() {
        return checks;
    }

    /** Null for what holds unless it is set. */
    @DataBoundSetter
    public final void setChecks(CheckSettings checks) {
        this.checks = checks == null ? new CheckSettings() : checks;
    }

    @NonNull
    public LimitSettings getLimits() {
        return limits;
    }

    @DataBoundSetter
    public final void setLimits(LimitSettings limits) {
        this.limits = limits == null ? new LimitSettings() : limits;
    }

    @NonNull
    public PipelineAccess getPipelineAccess() {
        return pipelineAccess;
    }

    @DataBoundSetter
    public final void setPipelineAccess(PipelineAccess pipelineAccess) {
        this.pipelineAccess = pipelineAccess == null ? new PipelineAccess() : pipelineAccess;
    }

    @Override
    protected void submit(StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException, Descriptor.FormException {
        ProjectSettingsValidation.requireValid(req.getSubmittedForm());
        req.bindJSON(this, req.getSubmittedForm());
    }

    @NonNull
    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) super.getDescriptor();
    }

    /** Offers the project under “New Item”. */
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

        /** Not a POST: the browser asks with a GET. */
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
