package io.jenkins.plugins.octopod.kubernetes;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.engine.ProjectIdentity;
import io.jenkins.plugins.octopod.engine.cluster.LabelSelector;
import io.jenkins.plugins.octopod.project.OctopodProject;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The part of a project’s form about its cluster. Always there, as folders that have a property without a descriptor can’t be
 * used any more; but without the Kubernetes client nothing can be set.
 */
@Extension
@Symbol("octopodCluster")
public class ClusterPropertyDescriptor extends AbstractFolderPropertyDescriptor {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Whatever a staging may be called. */
    private static final String SOME_NAME = "orange-button";

    private static final Set<String> CLIENT = Set.of("kubernetes-client-api", "plain-credentials");

    public ClusterPropertyDescriptor() {
        super(ClusterProperty.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ClusterProperty_displayName();
    }

    @Override
    @SuppressWarnings("rawtypes") // As inherited.
    public boolean isApplicable(Class<? extends AbstractFolder> containerType) {
        return OctopodProject.class.isAssignableFrom(containerType) && isUsable();
    }

    /** Whether the plugins are there that clusters are spoken to with. */
    static boolean isUsable() {
        return CLIENT.stream()
                .allMatch(plugin -> Jenkins.get().getPluginManager().getPlugin(plugin) != null);
    }

    /** Null where the block of the form isn’t opened. */
    @CheckForNull
    @Override
    public AbstractFolderProperty<?> newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        JSONObject cluster = formData.optJSONObject("octopodCluster");
        if (cluster == null) {
            return null;
        }
        require(checkServer(cluster.optString("server")), "server");
        require(checkNamespace(cluster.optString("namespace")), "namespace");
        require(checkSelector(cluster.optString("selector")), "selector");
        return req.bindJSON(ClusterProperty.class, cluster);
    }

    private static void require(FormValidation validation, String field) throws FormException {
        if (validation.kind == FormValidation.Kind.ERROR) {
            throw new FormException(field + ": " + validation.getMessage(), field);
        }
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String server) {
        return ClusterCredentials.options(item, credentialsId, server);
    }

    @POST
    public ListBoxModel doFillHealthItems() {
        ListBoxModel items = new ListBoxModel();
        for (ClusterHealth health : ClusterHealth.values()) {
            items.add(health.getDisplayName(), health.name());
        }
        return items;
    }

    @POST
    public FormValidation doCheckServer(@AncestorInPath Item item, @QueryParameter String value) {
        return ifConfigurable(item, () -> checkServer(value));
    }

    @POST
    public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
        return ifConfigurable(item, () -> checkNamespace(value));
    }

    @POST
    public FormValidation doCheckSelector(@AncestorInPath Item item, @QueryParameter String value) {
        return ifConfigurable(item, () -> checkSelector(value));
    }

    /**
     * Tries what is in the form; says in words what works, and what the account may not do. The request’s thread waits, for a
     * quarter of a minute at most.
     */
    @POST
    public FormValidation doTestConnection(
            @AncestorInPath Item item,
            @QueryParameter String server,
            @QueryParameter String caCertificate,
            @QueryParameter String credentialsId,
            @QueryParameter String namespace,
            @QueryParameter String selector) {
        if (!(item instanceof OctopodProject project)) {
            return FormValidation.ok();
        }
        project.checkPermission(Item.CONFIGURE);
        for (FormValidation validation :
                new FormValidation[] {checkServer(server), checkNamespace(namespace), checkSelector(selector)}) {
            if (validation.kind == FormValidation.Kind.ERROR) {
                return validation;
            }
        }
        ClusterProperty typed = new ClusterProperty();
        typed.setServer(server);
        typed.setCaCertificate(caCertificate);
        typed.setCredentialsId(credentialsId);
        typed.setNamespace(namespace);
        typed.setSelector(selector);
        return isUsable()
                ? ConnectionTest.of(project, typed)
                : FormValidation.error(Messages.ClusterProperty_noClient());
    }

    /** Says nothing to those who may not configure the project. */
    private static FormValidation ifConfigurable(Item item, Supplier<FormValidation> check) {
        return item != null && item.hasPermission(Item.CONFIGURE) ? check.get() : FormValidation.ok();
    }

    static FormValidation checkServer(String server) {
        String trimmed = Util.fixEmptyAndTrim(server);
        if (trimmed == null) {
            return FormValidation.ok();
        }
        try {
            URI uri = URI.create(trimmed);
            String scheme = Util.fixNull(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Set.of("http", "https").contains(scheme)) {
                return scheme.equals("https")
                        ? FormValidation.ok()
                        : FormValidation.warning(Messages.ClusterProperty_plainHttp());
            }
        } catch (IllegalArgumentException e) {
            // As whatever else isn't one.
        }
        return FormValidation.error(Messages.ClusterProperty_notAnAddress(trimmed));
    }

    static FormValidation checkNamespace(String pattern) {
        return check(Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_NAMESPACE), filledIn -> {
            if (!NAMESPACE.matcher(filledIn).matches()) {
                throw new IllegalArgumentException(Messages.ClusterProperty_notANamespace(filledIn));
            }
        });
    }

    static FormValidation checkSelector(String pattern) {
        return check(
                Util.fixNull(Util.fixEmptyAndTrim(pattern), ClusterProperty.DEFAULT_SELECTOR), LabelSelector::parse);
    }

    private static FormValidation check(String pattern, Consumer<String> rule) {
        try {
            ProjectIdentity some = new ProjectIdentity("shop", "", "shop");
            rule.accept(ClusterProperty.filledIn(pattern, SOME_NAME, some));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
