package io.jenkins.plugins.octopod.kubernetes.client;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.project.OctopodProject;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Credentials for a cluster: the choice in the form, and the lookup of those that a project has chosen. */
@ModuleInternal
public final class ClusterCredentials {

    private static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
            CredentialsMatchers.instanceOf(StandardCertificateCredentials.class),
            CredentialsMatchers.instanceOf(FileCredentials.class));

    private ClusterCredentials() {}

    /**
     * Returns the credentials that the project can use. A user without permission to use them gets only the current
     * choice.
     */
    public static ListBoxModel options(@CheckForNull Item item, String current, String server) {
        StandardListBoxModel options = new StandardListBoxModel();
        options.add(Messages.ClusterCredentials_none(), "");
        boolean permitted = item != null
                && (item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM));
        if (permitted) {
            options.includeMatchingAs(
                    ACL.SYSTEM2,
                    item,
                    StandardCredentials.class,
                    URIRequirementBuilder.fromUri(Util.fixNull(server)).build(),
                    USABLE);
        }
        return options.includeCurrentValue(Util.fixNull(current));
    }

    /**
     * Looks up the credentials that the project has chosen.
     *
     * @return null if the project has chosen none
     * @throws ClusterException if the chosen credentials don’t exist
     */
    @CheckForNull
    public static StandardCredentials find(OctopodProject project, ClusterEndpoint endpoint) throws ClusterException {
        String id = endpoint.credentialsId();
        if (id == null) {
            return null;
        }
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItem(
                        StandardCredentials.class,
                        project,
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(Util.fixNull(endpoint.server()))
                                .build()),
                CredentialsMatchers.allOf(CredentialsMatchers.withId(id), USABLE));
        if (found == null) {
            throw new ClusterException(Messages.ClusterCredentials_notFound(id));
        }
        return found;
    }
}
