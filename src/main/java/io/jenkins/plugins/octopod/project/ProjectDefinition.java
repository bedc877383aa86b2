package io.jenkins.plugins.octopod.project;

import com.cloudbees.hudson.plugins.folder.AbstractFolderDescriptor;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.TopLevelItem;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.octopod.engine.StagingName;
import io.jenkins.plugins.octopod.project.access.PipelineAccess;
import io.jenkins.plugins.octopod.project.access.PullRequestChecks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Desired state of a project, as defined in YAML or in a Job DSL script. Missing settings have their defaults. Repeated
 * application changes nothing. Not thread-safe.
 */
public final class ProjectDefinition implements ProjectSetting.Owner {

    private final String name;
    private String displayName;
    private String description;
    private String projectName;
    private String baseDomain;
    private String namespace;
    private String controlScripts;
    private String agentLabel;
    private int scriptTimeout = ProjectSettingsValidation.DEFAULT_SCRIPT_TIMEOUT;
    private int statusTimeout = ProjectSettingsValidation.DEFAULT_STATUS_TIMEOUT;
    private int maxNameLength = StagingName.DEFAULT_MAX_LENGTH;
    private String tagKey = ProjectSettingsValidation.DEFAULT_TAG_KEY;
    private LifetimeSettings lifetime = new LifetimeSettings();
    private SleepSettings sleep = new SleepSettings();
    private CheckSettings checks = new CheckSettings();
    private LimitSettings limits = new LimitSettings();
    private PullRequestChecks pullRequestChecks = PullRequestChecks.WITH_LOG;
    private PipelineAccess pipelineAccess = new PipelineAccess();
    private List<AbstractFolderProperty<?>> projectProperties = new ArrayList<>();

    /**
     * Creates a definition.
     *
     * @param name full name of the item, such as {@code teams/shop}
     */
    @DataBoundConstructor
    public ProjectDefinition(String name) {
        this.name = Util.fixNull(name).trim();
    }

    /** Returns a definition that creates the same project. */
    public static ProjectDefinition of(OctopodProject project) {
        ProjectDefinition made = new ProjectDefinition(project.getFullName());
        made.displayName = project.getDisplayNameOrNull();
        made.description = Util.fixEmptyAndTrim(project.getDescription());
        ProjectSetting.copyAll(project, made);
        made.projectProperties = ProjectPropertyList.of(project);
        return made;
    }

    /**
     * Creates or updates the project, and keeps its stagings. Saves nothing if nothing has changed.
     *
     * @param group group from which {@link #getName} is looked up
     * @throws IllegalArgumentException if the project can’t be created; the message says why
     * @throws org.springframework.security.access.AccessDeniedException if the current user lacks a permission
     */
    public void apply(ItemGroup<?> group) throws IOException {
        int slash = name.lastIndexOf('/');
        ItemGroup<?> parent = slash < 0 ? group : folder(group, name.substring(0, slash));
        String itemName = name.substring(slash + 1);
        Jenkins.checkGoodName(itemName);
        Item there = parent.getItem(itemName);
        if (there != null && !(there instanceof OctopodProject)) {
            throw new IllegalArgumentException(Messages.ProjectDefinition_somethingElse(there.getFullName()));
        }
        requireValid((OctopodProject) there);
        boolean made = there == null;
        OctopodProject project = made ? create(parent, itemName) : (OctopodProject) there;
        project.checkPermission(made ? Item.READ : Item.CONFIGURE);
        String before = Items.XSTREAM2.toXML(project);
        copyTo(project);
        if (!Items.XSTREAM2.toXML(project).equals(before)) {
            project.save();
            ItemListener.fireOnUpdated(project);
        }
    }

    private ItemGroup<?> folder(ItemGroup<?> group, String path) {
        Item found = Jenkins.get().getItem(path, group);
        if (found instanceof ItemGroup<?> parent) {
            return parent;
        }
        throw new IllegalArgumentException(Messages.ProjectDefinition_noFolder(name, path));
    }

    private OctopodProject create(ItemGroup<?> parent, String itemName) throws IOException {
        if (!(parent instanceof ModifiableTopLevelItemGroup modifiable) || parent instanceof OctopodProject) {
            throw new IllegalArgumentException(Messages.ProjectDefinition_noFolder(name, parent.getFullName()));
        }
        AbstractFolderDescriptor kind = Jenkins.get().getDescriptorByType(OctopodProject.DescriptorImpl.class);
        TopLevelItem item = modifiable.createProject(kind, itemName, true);
        return (OctopodProject) item;
    }

    /** Checks all rules of the form first, because a later refusal would leave an incomplete project. */
    private void requireValid(@CheckForNull OctopodProject there) {
        try {
            ProjectSetting.requireValid(this);
            ProjectPropertyList.requireValid(there, projectProperties);
        } catch (FormException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private void copyTo(OctopodProject project) throws IOException {
        // Both setters save the file immediately.
        if (!Objects.equals(displayName, project.getDisplayNameOrNull())) {
            project.setDisplayNameOrNull(displayName);
        }
        if (!Util.fixNull(description).equals(Util.fixNull(project.getDescription()))) {
            project.setDescription(description);
        }
        ProjectSetting.copyAll(this, project);
        ProjectPropertyList.replace(project, projectProperties);
    }

    @NonNull
    public String getName() {
        return name;
    }

    @CheckForNull
    public String getDisplayName() {
        return displayName;
    }

    @DataBoundSetter
    public void setDisplayName(String displayName) {
        this.displayName = Util.fixEmptyAndTrim(displayName);
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** Returns the name for control scripts; null for the current one, which is initially the item’s name. */
    @Override
    @CheckForNull
    public String getProjectName() {
        return projectName;
    }

    @Override
    @DataBoundSetter
    public void setProjectName(String projectName) {
        this.projectName = Util.fixEmptyAndTrim(projectName);
    }

    @Override
    @CheckForNull
    public String getBaseDomain() {
        return baseDomain;
    }

    @Override
    @DataBoundSetter
    public void setBaseDomain(String baseDomain) {
        this.baseDomain = Util.fixEmptyAndTrim(baseDomain);
    }

    /** Returns the namespace; null for the current one, see {@link #getProjectName}. */
    @Override
    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @Override
    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Returns the name of the tool; null for the only tool. */
    @Override
    @CheckForNull
    public String getControlScripts() {
        return controlScripts;
    }

    @Override
    @DataBoundSetter
    public void setControlScripts(String controlScripts) {
        this.controlScripts = Util.fixEmptyAndTrim(controlScripts);
    }

    /** Returns the label expression; null for any agent. */
    @Override
    @CheckForNull
    public String getAgentLabel() {
        return agentLabel;
    }

    @Override
    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    @Override
    public String getTagKey() {
        return tagKey;
    }

    @Override
    @DataBoundSetter
    public void setTagKey(String tagKey) {
        this.tagKey = Util.fixNull(Util.fixEmptyAndTrim(tagKey), ProjectSettingsValidation.DEFAULT_TAG_KEY);
    }

    /** Returns the time limit in seconds. */
    @Override
    public int getScriptTimeout() {
        return scriptTimeout;
    }

    @Override
    @DataBoundSetter
    public void setScriptTimeout(int scriptTimeout) {
        this.scriptTimeout = scriptTimeout;
    }

    /** Returns the time in seconds. */
    @Override
    public int getStatusTimeout() {
        return statusTimeout;
    }

    @Override
    @DataBoundSetter
    public void setStatusTimeout(int statusTimeout) {
        this.statusTimeout = statusTimeout;
    }

    /** Returns the number of characters. */
    @Override
    public int getMaxNameLength() {
        return maxNameLength;
    }

    @Override
    @DataBoundSetter
    public void setMaxNameLength(int maxNameLength) {
        this.maxNameLength = maxNameLength;
    }

    @Override
    @NonNull
    public LifetimeSettings getLifetime() {
        return lifetime;
    }

    @Override
    @DataBoundSetter
    public void setLifetime(LifetimeSettings lifetime) {
        this.lifetime = lifetime == null ? new LifetimeSettings() : lifetime;
    }

    @Override
    @NonNull
    public SleepSettings getSleep() {
        return sleep;
    }

    @Override
    @DataBoundSetter
    public void setSleep(SleepSettings sleep) {
        this.sleep = sleep == null ? new SleepSettings() : sleep;
    }

    @Override
    @NonNull
    public CheckSettings getChecks() {
        return checks;
    }

    @Override
    @DataBoundSetter
    public void setChecks(CheckSettings checks) {
        this.checks = checks == null ? new CheckSettings() : checks;
    }

    @Override
    @NonNull
    public LimitSettings getLimits() {
        return limits;
    }

    @Override
    @DataBoundSetter
    public void setLimits(LimitSettings limits) {
        this.limits = limits == null ? new LimitSettings() : limits;
    }

    @Override
    @NonNull
    public PullRequestChecks getPullRequestChecks() {
        return pullRequestChecks;
    }

    @Override
    @DataBoundSetter
    public void setPullRequestChecks(PullRequestChecks pullRequestChecks) {
        this.pullRequestChecks = pullRequestChecks == null ? PullRequestChecks.WITH_LOG : pullRequestChecks;
    }

    @Override
    @NonNull
    public PipelineAccess getPipelineAccess() {
        return pipelineAccess;
    }

    @Override
    @DataBoundSetter
    public void setPipelineAccess(PipelineAccess pipelineAccess) {
        this.pipelineAccess = pipelineAccess == null ? new PipelineAccess() : pipelineAccess;
    }

    /**
     * Returns settings that other parts of the plugin, and other plugins, add to projects only. Not called
     * {@code properties}, because a Job DSL script would use those of the surrounding folder.
     */
    @NonNull
    @SuppressWarnings("rawtypes") // Raw type, because Job DSL can’t determine the list’s elements otherwise.
    public List<AbstractFolderProperty> getProjectProperties() {
        return new ArrayList<>(projectProperties);
    }

    @DataBoundSetter
    @SuppressWarnings("rawtypes")
    public void setProjectProperties(List<AbstractFolderProperty> projectProperties) {
        this.projectProperties = new ArrayList<>();
        if (projectProperties != null) {
            projectProperties.forEach(this.projectProperties::add);
        }
    }
}
