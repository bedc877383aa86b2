package io.jenkins.plugins.octopod.kubernetes;

import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.cluster.NameTemplate;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterCredentials;
import io.jenkins.plugins.octopod.kubernetes.client.ClusterEndpoint;
import io.jenkins.plugins.octopod.kubernetes.client.ConnectionTester;
import io.jenkins.plugins.octopod.kubernetes.watch.HealthMode;
import io.jenkins.plugins.octopod.project.OctopodProject;
import io.jenkins.plugins.octopod.project.ValidatedProperty;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Property of a project: the cluster of its stagings, and how they are found in it. */
public class ClusterProperty extends AbstractFolderProperty<OctopodProject> implements ValidatedProperty {

    static final String DEFAULT_NAMESPACE = "${namespace}";
    static final String DEFAULT_SELECTOR = "app.kubernetes.io/instance=${name}";

    @CheckForNull
    private String server;

    @CheckForNull
    private String caCertificate;

    @CheckForNull
    private String credentialsId;

    private String namespace = DEFAULT_NAMESPACE;
    private String selector = DEFAULT_SELECTOR;
    private HealthMode health = HealthMode.OFF;

    @DataBoundConstructor
    public ClusterProperty() {}

    /** Returns the project’s property; null if it has none. */
    @CheckForNull
    @ModuleInternal
    public static ClusterProperty of(OctopodProject project) {
        return project.getProperties().get(ClusterProperty.class);
    }

    @ModuleInternal
    public ClusterEndpoint cluster() {
        return new ClusterEndpoint(server, caCertificate, credentialsId);
    }

    /**
     * Returns the namespace of the staging with the given name.
     *
     * @throws IllegalArgumentException if the pattern is invalid, or its result isn’t a valid name of a namespace; the
     *     message is a sentence
     */
    String namespaceOf(String name, ProjectIdentity project) {
        return ClusterSettingsValidation.requireNamespace(expand(namespace, name, project));
    }

    /**
     * Returns the place of the project’s stagings in the cluster.
     *
     * @throws IllegalArgumentException if the selector’s pattern is invalid, or would select objects of others; the
     *     message is a sentence
     */
    @ModuleInternal
    public WatchTarget targetOf(ProjectIdentity project) {
        ClusterSettingsValidation.requireOwnSelector(selector, namespace, project);
        return new WatchTarget(this, project);
    }

    static String expand(String pattern, String name, ProjectIdentity project) {
        return new NameTemplate(pattern).expand(name, project.namespace(), project.projectName());
    }

    /** Returns the URL of the API; null for the one in the kubeconfig, or for the cluster that Jenkins runs in. */
    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    /**
     * Returns the authority’s certificate in PEM; null for the authorities that the kubeconfig, Jenkins’ pod or Java
     * trusts.
     */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /**
     * Returns the id of the credentials; null for none. If no server is set either, null stands for the service account
     * of Jenkins’ pod.
     */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Returns the pattern for the namespace of a staging, see {@link NameTemplate}. */
    @NonNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(Util.fixEmptyAndTrim(namespace), DEFAULT_NAMESPACE);
    }

    /** Returns the pattern for the label selector of a staging, see {@link NameTemplate}. */
    @NonNull
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = Util.fixNull(Util.fixEmptyAndTrim(selector), DEFAULT_SELECTOR);
    }

    @NonNull
    public HealthMode getHealth() {
        return health;
    }

    @DataBoundSetter
    public void setHealth(HealthMode health) {
        this.health = health == null ? HealthMode.OFF : health;
    }

    @Override
    public void requireValid() throws FormException {
        if (!KubernetesClientPlugin.haveClient()) {
            throw new FormException(Messages.ClusterProperty_noClient(), "octopodCluster");
        }
        ClusterSettingsValidation.requireValid(this);
    }

    /**
     * Keeps the settings if the client’s plugin is missing. The form has no fields then, which would otherwise remove
     * them.
     */
    @Override
    public AbstractFolderProperty<?> reconfigure(StaplerRequest2 req, JSONObject form) throws FormException {
        return KubernetesClientPlugin.haveClient() ? super.reconfigure(req, form) : this;
    }

    /** Sets missing values of a config.xml to their defaults. */
    protected Object readResolve() {
        setNamespace(namespace);
        setSelector(selector);
        setHealth(health);
        return this;
    }

    /**
     * Descriptor of the cluster’s part of a project’s form. It exists without the client’s plugin as well: a folder
     * with a property that has no descriptor can’t be used, and a property that isn’t applicable is lost when the form
     * is saved. Without the plugin the form offers nothing.
     */
    @Extension
    @Symbol("octopodCluster")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ClusterProperty_displayName();
        }

        /** Returns whether the form has fields for the cluster. */
        public boolean isOffered() {
            return KubernetesClientPlugin.haveClient();
        }

        /** Creates the property; null if the block of the form isn’t checked. */
        @CheckForNull
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
            JSONObject cluster = formData.optJSONObject("octopodCluster");
            if (cluster == null) {
                return null;
            }
            ClusterProperty typed = req.bindJSON(ClusterProperty.class, cluster);
            typed.requireValid();
            return typed;
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String server) {
            return ClusterCredentials.options(item, credentialsId, server);
        }

        @POST
        public ListBoxModel doFillHealthItems() {
            ListBoxModel items = new ListBoxModel();
            for (HealthMode choice : HealthMode.values()) {
                items.add(choice.getDisplayName(), choice.name());
            }
            return items;
        }

        @POST
        public FormValidation doCheckServer(@AncestorInPath Item item, @QueryParameter String value) {
            return ClusterSettingsValidation.ifConfigurable(item, () -> ClusterSettingsValidation.checkServer(value));
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String server) {
            return ClusterSettingsValidation.ifConfigurable(
                    item, () -> ClusterSettingsValidation.checkAccount(server, value));
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
            return ClusterSettingsValidation.ifConfigurable(
                    item, () -> ClusterSettingsValidation.checkNamespace(value));
        }

        @POST
        public FormValidation doCheckSelector(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String namespace) {
            return ClusterSettingsValidation.ifConfigurable(
                    item, () -> ClusterSettingsValidation.checkSelector(value, namespace));
        }

        /**
         * Tests the connection with the form’s values, and reports which permissions the account lacks. Blocks the
         * request’s thread for about 15 seconds at most.
         */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath OctopodProject project,
                @QueryParameter String server,
                @QueryParameter String caCertificate,
                @QueryParameter String credentialsId,
                @QueryParameter String namespace,
                @QueryParameter String selector) {
            if (project == null) {
                return FormValidation.ok();
            }
            project.checkPermission(Item.CONFIGURE);
            if (!KubernetesClientPlugin.haveClient()) {
                return FormValidation.error(Messages.ClusterProperty_noClient());
            }
            ClusterProperty typed = new ClusterProperty();
            typed.setServer(server);
            typed.setCaCertificate(caCertificate);
            typed.setCredentialsId(credentialsId);
            typed.setNamespace(namespace);
            typed.setSelector(selector);
            return ClusterSettingsValidation.firstError(typed)
                    .orElseGet(() -> ConnectionTester.of(
                            project, typed.cluster(), typed.namespaceOf(someName(project), project.identity())));
        }

        /**
         * Returns an example of a staging’s name. It prefers an existing staging, because the namespace can depend on
         * it.
         */
        private static String someName(OctopodProject project) {
            return project.children().stream()
                    .map(child -> child.getName())
                    .sorted()
                    .findFirst()
                    .orElse("example");
        }
    }
}
