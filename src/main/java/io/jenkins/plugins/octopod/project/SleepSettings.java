package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.triggers.TimerTrigger;
import hudson.util.FormValidation;
import io.jenkins.plugins.octopod.project.schedule.CronSchedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Schedule by which a project’s stagings are archived and restored. The time between is called night, and its end
 * morning, at whatever hour they are.
 */
public final class SleepSettings extends AbstractDescribableImpl<SleepSettings> {

    @CheckForNull
    private String archiveAt;

    @CheckForNull
    private String restoreAt;

    private transient volatile CachedTimes known;

    @DataBoundConstructor
    public SleepSettings() {}

    /** Returns the schedule in Jenkins’ syntax; null for never. */
    @CheckForNull
    public String getArchiveAt() {
        return archiveAt;
    }

    @DataBoundSetter
    public void setArchiveAt(String archiveAt) {
        this.archiveAt = Util.fixEmptyAndTrim(archiveAt);
        known = null;
    }

    /** Returns the schedule in Jenkins’ syntax; null for never. */
    @CheckForNull
    public String getRestoreAt() {
        return restoreAt;
    }

    @DataBoundSetter
    public void setRestoreAt(String restoreAt) {
        this.restoreAt = Util.fixEmptyAndTrim(restoreAt);
        known = null;
    }

    /**
     * Last scheduled times before a given time.
     *
     * @param sleep scheduled time for archiving; {@code null} for never
     * @param wake scheduled time for restoring; {@code null} for never
     */
    public record SleepTimes(
            @CheckForNull Instant sleep, @CheckForNull Instant wake) {

        public boolean isNight() {
            return sleep != null && (wake == null || wake.isBefore(sleep));
        }
    }

    /** Times cached for one minute, because all stagings of a project need the same times. */
    private record CachedTimes(Instant minute, String seed, SleepTimes times) {}

    /**
     * Returns the last scheduled times.
     *
     * @param seed full name of the project, from which the times for H are derived
     */
    public SleepTimes lastTimes(Instant now, String seed) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        CachedTimes cachedTimes = known;
        if (cachedTimes == null
                || !cachedTimes.minute().equals(minute)
                || !cachedTimes.seed().equals(seed)) {
            SleepTimes sleepTimes = new SleepTimes(
                    CronSchedule.lastBefore(archiveAt, seed, minute), CronSchedule.lastBefore(restoreAt, seed, minute));
            cachedTimes = new CachedTimes(minute, seed, sleepTimes);
            known = cachedTimes;
        }
        return cachedTimes.times();
    }

    /** Refuses a submitted form with an error. */
    static void requireValid(@CheckForNull JSONObject form) throws Descriptor.FormException {
        if (form != null) {
            requireValid(form.optString("archiveAt"), form.optString("restoreAt"));
        }
    }

    /** Refuses settings that the form would refuse. */
    void requireValid() throws Descriptor.FormException {
        requireValid(archiveAt, restoreAt);
    }

    private static void requireValid(String archiveAt, String restoreAt) throws Descriptor.FormException {
        requireTimes(archiveAt, "archiveAt");
        requireTimes(restoreAt, "restoreAt");
        ProjectSettingsValidation.require(checkPair(archiveAt, restoreAt), "archiveAt");
    }

    private static void requireTimes(String spec, String field) throws Descriptor.FormException {
        try {
            CronSchedule.require(spec);
        } catch (IllegalArgumentException e) {
            throw new Descriptor.FormException(field + ": " + e.getMessage(), e, field);
        }
    }

    private static FormValidation checkPair(String archiveAt, String restoreAt) {
        return Util.fixEmptyAndTrim(archiveAt) == null && Util.fixEmptyAndTrim(restoreAt) != null
                ? FormValidation.error(Messages.SleepSettings_onlyRestored())
                : FormValidation.ok();
    }

    /** Descriptor of the part of a project’s form. */
    @Extension
    @Symbol("octopodSleep")
    public static final class DescriptorImpl extends Descriptor<SleepSettings> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SleepSettings_displayName();
        }

        @POST
        public FormValidation doCheckArchiveAt(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String restoreAt) {
            return ProjectSettingsValidation.ifConfigurable(
                    item, () -> Util.fixEmptyAndTrim(value) == null ? checkPair(value, restoreAt) : times(item, value));
        }

        @POST
        public FormValidation doCheckRestoreAt(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String archiveAt) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> {
                if (Util.fixEmptyAndTrim(value) != null) {
                    return times(item, value);
                }
                return Util.fixEmptyAndTrim(archiveAt) == null
                        ? FormValidation.ok()
                        : FormValidation.warning(Messages.SleepSettings_neverRestored());
            });
        }

        /** Checks a schedule, and shows its previous and next time like “Build periodically”. */
        private static FormValidation times(Item item, String spec) {
            return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(spec.trim(), item);
        }
    }
}
