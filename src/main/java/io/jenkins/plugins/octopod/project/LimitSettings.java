package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.project.ProjectSetting.CheckedField;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Limits for a project; 0 for no limit. */
public final class LimitSettings extends AbstractDescribableImpl<LimitSettings> {

    /** Fields with rules. */
    static final List<CheckedField<LimitSettings>> FIELDS = List.of(
            new CheckedField<>("runningStagings", LimitSettings::getRunningStagings, LimitSettings::check),
            new CheckedField<>(
                    "runningStagingsPerUser", LimitSettings::getRunningStagingsPerUser, LimitSettings::check),
            new CheckedField<>("runsAtOnce", LimitSettings::getRunsAtOnce, LimitSettings::check));

    private int runningStagings;
    private int runningStagingsPerUser;

    /** Null in configurations without the setting. */
    @CheckForNull
    private WhenFull whenFull;

    private int runsAtOnce;

    @DataBoundConstructor
    public LimitSettings() {}

    /** Handling of a request that would exceed the limit. */
    public enum WhenFull {
        REFUSE,
        /** Archives the staging that has not been deployed for the longest time. */
        ARCHIVE_UNUSED;

        public String getDisplayName() {
            return this == REFUSE ? Messages.LimitSettings_refuse() : Messages.LimitSettings_archiveUnused();
        }
    }

    /** Returns the maximum number of running stagings; 0 for no limit. */
    public int getRunningStagings() {
        return runningStagings;
    }

    @DataBoundSetter
    public void setRunningStagings(int runningStagings) {
        this.runningStagings = Math.max(0, runningStagings);
    }

    /** Returns the maximum number of running stagings that one user has created; 0 for no limit. */
    public int getRunningStagingsPerUser() {
        return runningStagingsPerUser;
    }

    @DataBoundSetter
    public void setRunningStagingsPerUser(int runningStagingsPerUser) {
        this.runningStagingsPerUser = Math.max(0, runningStagingsPerUser);
    }

    @NonNull
    public WhenFull getWhenFull() {
        return whenFull == null ? WhenFull.REFUSE : whenFull;
    }

    @DataBoundSetter
    public void setWhenFull(WhenFull whenFull) {
        this.whenFull = whenFull;
    }

    /** Returns the maximum number of concurrent runs; 0 for no limit. */
    public int getRunsAtOnce() {
        return runsAtOnce;
    }

    @DataBoundSetter
    public void setRunsAtOnce(int runsAtOnce) {
        this.runsAtOnce = Math.max(0, runsAtOnce);
    }

    private static FormValidation check(String number) {
        return FormValidation.validateNonNegativeInteger(Util.fixNull(number).trim());
    }

    /** Descriptor of the part of a project’s form. */
    @Extension
    @Symbol("octopodLimits")
    public static final class DescriptorImpl extends Descriptor<LimitSettings> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LimitSettings_displayName();
        }

        @POST
        public FormValidation doCheckRunningStagings(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> check(value));
        }

        @POST
        public FormValidation doCheckRunningStagingsPerUser(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> check(value));
        }

        @POST
        public FormValidation doCheckRunsAtOnce(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> check(value));
        }
    }
}
