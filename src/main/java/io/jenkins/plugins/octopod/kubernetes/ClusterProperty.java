package io.jenkins.plugins.octopod.kubernetes;

import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.cluster.NamePattern;
import io.jenkins.plugins.octopod.project.OctopodProject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The cluster that a project’s stagings are in, and how they are found there. */
public class ClusterProperty extends AbstractFolderProperty<OctopodProject> {

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
    private ClusterHealth health = ClusterHealth.OFF;

    @DataBoundConstructor
    public ClusterProperty() {}

    /** That of the project; null where it has none. */
    @CheckForNull
    static ClusterProperty of(OctopodProject project) {
        return project.getProperties().get(ClusterProperty.class);
    }

    ClusterSettings cluster() {
        return new ClusterSettings(server, caCertificate, credentialsId);
    }

    /**
     * The namespace that a staging of that name is in.
     *
     * @throws IllegalArgumentException if the pattern can’t be filled in; the message is a sentence
     */
    String namespaceOf(String name, ProjectIdentity project) {
        return filledIn(namespace, name, project);
    }

    /** As {@link #namespaceOf}, of the label selector. */
    String selectorOf(String name, ProjectIdentity project) {
        return filledIn(selector, name, project);
    }

    static String filledIn(String pattern, String name, ProjectIdentity project) {
        return new NamePattern(pattern).filledIn(name, project.namespace(), project.projectName());
    }

    /** The address of the API; null for what the kubeconfig says, or for the cluster that Jenkins is in. */
    @CheckForNull
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    /** In PEM; null for those that Java trusts. */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** Null for those that the cluster gives to each pod in it. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** A pattern over a staging’s name, see {@link NamePattern}. */
    @NonNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(Util.fixEmptyAndTrim(namespace), DEFAULT_NAMESPACE);
    }

    /** A pattern over a staging’s name, see {@link NamePattern}. */
    @NonNull
    public String getSelector() {
        return selector;
    }

    @DataBoundSetter
    public void setSelector(String selector) {
        this.selector = Util.fixNull(Util.fixEmptyAndTrim(selector), DEFAULT_SELECTOR);
    }

    @NonNull
    public ClusterHealth getHealth() {
        return health;
    }

    @DataBoundSetter
    public void setHealth(ClusterHealth health) {
        this.health = health == null ? ClusterHealth.OFF : health;
    }

    /** A config.xml may lack some. */
    protected Object readResolve() {
        setNamespace(namespace);
        setSelector(selector);
        setHealth(health);
        return this;
    }

    @NonNull
    @Override
    public ClusterPropertyDescriptor getDescriptor() {
        return (ClusterPropertyDescriptor) super.getDescriptor();
    }
}
