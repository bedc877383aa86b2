package io.jenkins.plugins.octopod.project;

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

    private int expiryDays;

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

    static void requireValid(JSONObject form) throws Descriptor.FormException {
        if (form != null) {
            ProjectSettings.require(checkDays(form.optString("expiryDays")), "expiryDays");
        }
    }

    /** Nothing written is 0. */
    private static FormValidation checkDays(String days) {
        String trimmed = Util.fixEmptyAndTrim(days);
        return trimmed == null ? FormValidation.ok() : FormValidation.validateNonNegativeInteger(trimmed);
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
    }
}
