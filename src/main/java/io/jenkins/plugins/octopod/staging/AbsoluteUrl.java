package io.jenkins.plugins.octopod.staging;

import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Addresses for places that have none of their own, such as logs, e-mails and the output of a command. */
@Restricted(NoExternalUse.class)
public final class AbsoluteUrl {

    private AbsoluteUrl() {}

    /**
     * Returns the address below Jenkins’ own, or the relative address if Jenkins’ own isn’t configured.
     *
     * @param relative address below Jenkins’ own, without a slash at its beginning
     */
    public static String of(String relative) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? relative : root + relative;
    }
}
