package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long a project keeps stagings that nobody looks after. */
public final class LifetimeSettings extends AbstractDescribableImpl<LifetimeSettings> {

    private static final int DEFAULT_RETENTION_DAYS = 14;

    private int expiryDays;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Integer retentionDays;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Boolean archiveGoneBranches;

    @DataBoundConstructor
    public LifetimeSettings() {}

    /** After how many days without a deployment a staging is archived; 0 for never. */
    public int getExpiryDays() {
        return expiryDays;
    }

    @DataBoundSetter
    public void setExpiryDays(int expiryDays) {
        this.expiryDays = Math.max(0, expiryDays);
    }

    /** For how many days an archived staging is kept before it is cleaned up; 0 for ever. */
    public int getRetentionDays() {
        return retentionDays == null ? DEFAULT_RETENTION_DAYS : retentionDays;
    }

    @DataBoundSetter
    public void setRetentionDays(int retentionDays) {
        this.retentionDays = Math.max(0, retentionDays);
    }

    /** Whether a staging is archived once the branch or pull request that has deployed it is gone. */
    public boolean isArchiveGoneBranches() {
        return archiveGoneBranches == null || archiveGoneBranches;
    }

    @DataBoundSetter
    public void setArchiveGoneBranches(boolean archiveGoneBranches) {
        this.archiveGoneBranches = archiveGoneBranches;
    }

    static void requireValid(JSONObject form) throws Descriptor.FormException {
        if (form != null) {
            ProjectSettings.require(checkDays(form.optString("expiryDays")), "expiryDays");
            ProjectSettings.require(checkDays(form.optString("retentionDays")), "retentionDays");
        }
    }

    private static FormValidation checkDays(String days) {
        return FormValidation.validateNonNegativeInteger(Util.fixNull(days).trim());
    }

    /** Shows them in the project’s configuration. */
    @Extension
    @Symbol("octopodLifetime")
    public static final class DescriptorImpl extends Descriptor<LifetimeSettings> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LifetimeSettings_displayName();
        }

        @POST
        public FormValidation doCheckExpiryDays(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettings.ifConfigurable(item, () -> checkDays(value));
        }

        @POST
        public FormValidation doCheckRetentionDays(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettings.ifConfigurable(item, () -> checkDays(value));
        }
    }
}
