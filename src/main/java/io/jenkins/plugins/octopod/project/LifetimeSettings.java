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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Settings for how long a project keeps stagings that aren’t deployed any more. */
public final class LifetimeSettings extends AbstractDescribableImpl<LifetimeSettings> {

    /** Maximum number of days, 100 years. More would not be valid in every calendar. */
    public static final int MAX_DAYS = 36_500;

    /** Maximum number of minutes, one year. */
    public static final int MAX_MINUTES = 525_600;

    /** Maximum number of cleanups, far above what Jenkins can do in an hour. */
    public static final int MAX_CLEANUPS = 10_000;

    private static final int DEFAULT_RETENTION_DAYS = 14;
    private static final int DEFAULT_BRANCH_GRACE_MINUTES = 15;
    private static final int DEFAULT_CLEANUPS_PER_HOUR = 20;
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 9999;

    /** Fields with rules. They are checked as they were set, because getters return the nearest valid value. */
    static final List<CheckedField<LifetimeSettings>> FIELDS = List.of(
            new CheckedField<>("expiryDays", settings -> settings.expiryDays, LifetimeSettings::checkDays),
            new CheckedField<>("retentionDays", settings -> settings.retentionDays, LifetimeSettings::checkDays),
            new CheckedField<>("expiryDate", settings -> settings.expiryDate, LifetimeSettings::checkDate),
            new CheckedField<>(
                    "branchGraceMinutes", settings -> settings.branchGraceMinutes, LifetimeSettings::checkMinutes),
            new CheckedField<>(
                    "cleanupsPerHour", settings -> settings.cleanupsPerHour, LifetimeSettings::checkCleanups));

    private int expiryDays;

    @CheckForNull
    private String expiryDate;

    /** Null in older configurations. */
    @CheckForNull
    private Integer retentionDays;

    /** Null in older configurations. */
    @CheckForNull
    private Boolean archiveGoneBranches;

    /** Null in older configurations. */
    @CheckForNull
    private Integer branchGraceMinutes;

    /** Null in older configurations. */
    @CheckForNull
    private Integer cleanupsPerHour;

    @DataBoundConstructor
    public LifetimeSettings() {}

    /** Returns the days without a deployment after which a staging is archived; 0 for never. */
    public int getExpiryDays() {
        return bounded(expiryDays);
    }

    @DataBoundSetter
    public void setExpiryDays(int expiryDays) {
        this.expiryDays = expiryDays;
    }

    /**
     * Returns the date at which stagings are archived unless deployed since, such as {@code 2026-12-31}; null for none.
     */
    @CheckForNull
    public String getExpiryDate() {
        return expiryDate;
    }

    @DataBoundSetter
    public void setExpiryDate(String expiryDate) {
        this.expiryDate = Util.fixEmptyAndTrim(expiryDate);
    }

    /**
     * Returns the start of that date in Jenkins’ time zone; null if there is no date, or a file contains an invalid
     * one.
     */
    @CheckForNull
    public Instant expiryMoment() {
        try {
            return expiryDate == null
                    ? null
                    : day(expiryDate).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            // The form refuses an invalid date, but a config.xml can contain one.
            return null;
        }
    }

    /** Returns for how many days an archived staging is kept before it is cleaned up; 0 for no limit. */
    public int getRetentionDays() {
        return retentionDays == null ? DEFAULT_RETENTION_DAYS : bounded(retentionDays);
    }

    @DataBoundSetter
    public void setRetentionDays(int retentionDays) {
        this.retentionDays = retentionDays;
    }

    /** Returns whether a staging is archived after its branch or pull request was deleted. */
    public boolean isArchiveGoneBranches() {
        return archiveGoneBranches == null || archiveGoneBranches;
    }

    @DataBoundSetter
    public void setArchiveGoneBranches(boolean archiveGoneBranches) {
        this.archiveGoneBranches = archiveGoneBranches;
    }

    /**
     * Returns the minutes between the deletion of a branch and the archiving, in case the branch is restored; 0 for
     * none.
     */
    public int getBranchGraceMinutes() {
        return isMissing(branchGraceMinutes) ? DEFAULT_BRANCH_GRACE_MINUTES : bounded(branchGraceMinutes, MAX_MINUTES);
    }

    @DataBoundSetter
    public void setBranchGraceMinutes(int branchGraceMinutes) {
        this.branchGraceMinutes = branchGraceMinutes;
    }

    /** Returns how many archived stagings can be cleaned up automatically in an hour; 0 for no limit. */
    public int getCleanupsPerHour() {
        return isMissing(cleanupsPerHour) ? DEFAULT_CLEANUPS_PER_HOUR : bounded(cleanupsPerHour, MAX_CLEANUPS);
    }

    @DataBoundSetter
    public void setCleanupsPerHour(int cleanupsPerHour) {
        this.cleanupsPerHour = cleanupsPerHour;
    }

    /** Returns whether the default applies: a negative number in a file must not disable a protection. */
    private static boolean isMissing(@CheckForNull Integer number) {
        return number == null || number < 0;
    }

    private static int bounded(int days) {
        return bounded(days, MAX_DAYS);
    }

    /** Limits a number, because a file can contain any. */
    private static int bounded(int number, int max) {
        return Math.min(Math.max(0, number), max);
    }

    private static FormValidation checkDate(String date) {
        String day = Util.fixEmptyAndTrim(date);
        try {
            if (day != null) {
                day(day);
            }
            return FormValidation.ok();
        } catch (DateTimeException e) {
            return FormValidation.error(Messages.LifetimeSettings_noDate());
        }
    }

    /**
     * Parses a date.
     *
     * @throws DateTimeException if it isn’t valid in every calendar and browser
     */
    private static LocalDate day(String date) {
        LocalDate day = LocalDate.parse(date);
        if (day.getYear() < EARLIEST_YEAR || day.getYear() > LATEST_YEAR) {
            throw new DateTimeException("too far away: " + date);
        }
        return day;
    }

    private static FormValidation checkDays(String days) {
        return checkNumber(days, MAX_DAYS, Messages.LifetimeSettings_tooManyDays(MAX_DAYS));
    }

    private static FormValidation checkMinutes(String minutes) {
        return checkNumber(minutes, MAX_MINUTES, Messages.LifetimeSettings_tooManyMinutes(MAX_MINUTES));
    }

    private static FormValidation checkCleanups(String cleanups) {
        return checkNumber(cleanups, MAX_CLEANUPS, Messages.LifetimeSettings_tooManyCleanups(MAX_CLEANUPS));
    }

    private static FormValidation checkNumber(String value, int max, String tooMuch) {
        String number = Util.fixNull(value).trim();
        FormValidation validation = FormValidation.validateNonNegativeInteger(number);
        boolean beyond = validation.kind == FormValidation.Kind.OK && Integer.parseInt(number) > max;
        return beyond ? FormValidation.error(tooMuch) : validation;
    }

    /** Descriptor of the part of a project’s form. */
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
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkDays(value));
        }

        @POST
        public FormValidation doCheckExpiryDate(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkDate(value));
        }

        @POST
        public FormValidation doCheckRetentionDays(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkDays(value));
        }

        @POST
        public FormValidation doCheckBranchGraceMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkMinutes(value));
        }

        @POST
        public FormValidation doCheckCleanupsPerHour(@AncestorInPath Item item, @QueryParameter String value) {
            return ProjectSettingsValidation.ifConfigurable(item, () -> checkCleanups(value));
        }
    }
}
