package io.jenkins.plugins.octopod.project;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How long a project keeps stagings that nobody looks after. */
public final class LifetimeSettings extends AbstractDescribableImpl<LifetimeSettings> {

    /** A hundred years: what is beyond is as good as never, and can’t be counted from now in every calendar. */
    public static final int MAX_DAYS = 36_500;

    /** A year. */
    public static final int MAX_MINUTES = 525_600;

    /** Far more than what Jenkins can do in an hour. */
    public static final int MAX_CLEANUPS = 10_000;

    private static final int DEFAULT_RETENTION_DAYS = 14;
    private static final int DEFAULT_BRANCH_GRACE_MINUTES = 15;
    private static final int DEFAULT_CLEANUPS_PER_HOUR = 20;
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 9999;

    private int expiryDays;

    @CheckForNull
    private String expiryDate;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Integer retentionDays;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Boolean archiveGoneBranches;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Integer branchGraceMinutes;

    /** Null in configurations that are older than it. */
    @CheckForNull
    private Integer cleanupsPerHour;

    @DataBoundConstructor
    public LifetimeSettings() {}

    /** After how many days without a deployment a staging is archived; 0 for never. */
    public int getExpiryDays() {
        return bounded(expiryDays);
    }

    @DataBoundSetter
    public void setExpiryDays(int expiryDays) {
        this.expiryDays = expiryDays;
    }

    /** On which day stagings are archived that nobody has deployed since, as {@code 2026-12-31}; null for none. */
    @CheckForNull
    public String getExpiryDate() {
        return expiryDate;
    }

    @DataBoundSetter
    public void setExpiryDate(String expiryDate) {
        this.expiryDate = Util.fixEmptyAndTrim(expiryDate);
    }

    /** When that day begins, in Jenkins’ time zone; null if there is none, also as what a file has isn’t one. */
    @CheckForNull
    public Instant expiryMoment() {
        try {
            return expiryDate == null
                    ? null
                    : day(expiryDate).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            // The form lets none pass, but a config.xml may have it.
            return null;
        }
    }

    /** For how many days an archived staging is kept before it is cleaned up; 0 for ever. */
    public int getRetentionDays() {
        return retentionDays == null ? DEFAULT_RETENTION_DAYS : bounded(retentionDays);
    }

    @DataBoundSetter
    public void setRetentionDays(int retentionDays) {
        this.retentionDays = retentionDays;
    }

    /** Whether a staging is archived once the branch or pull request that has deployed it is gone. */
    public boolean isArchiveGoneBranches() {
        return archiveGoneBranches == null || archiveGoneBranches;
    }

    @DataBoundSetter
    public void setArchiveGoneBranches(boolean archiveGoneBranches) {
        this.archiveGoneBranches = archiveGoneBranches;
    }

    /** How many minutes after that a staging is archived, in case the branch is back by then; 0 for at once. */
    public int getBranchGraceMinutes() {
        return isMissing(branchGraceMinutes) ? DEFAULT_BRANCH_GRACE_MINUTES : bounded(branchGraceMinutes, MAX_MINUTES);
    }

    @DataBoundSetter
    public void setBranchGraceMinutes(int branchGraceMinutes) {
        this.branchGraceMinutes = branchGraceMinutes;
    }

    /** How many stagings are cleaned up in an hour after their days in the archive; 0 for no limit. */
    public int getCleanupsPerHour() {
        return isMissing(cleanupsPerHour) ? DEFAULT_CLEANUPS_PER_HOUR : bounded(cleanupsPerHour, MAX_CLEANUPS);
    }

    @DataBoundSetter
    public void setCleanupsPerHour(int cleanupsPerHour) {
        this.cleanupsPerHour = cleanupsPerHour;
    }

    /** Returns whether the default holds: a negative number in a file must not switch a protection off. */
    private static boolean isMissing(@CheckForNull Integer number) {
        return number == null || number < 0;
    }

    private static int bounded(int days) {
        return bounded(days, MAX_DAYS);
    }

    /** Also what somebody has written into a file. */
    private static int bounded(int number, int max) {
        return Math.min(Math.max(0, number), max);
    }

    /** The numbers and the date as they were set, in the fields of the form. */
    JSONObject toForm() {
        JSONObject form = new JSONObject();
        form.put("expiryDays", String.valueOf(expiryDays));
        form.put("expiryDate", Util.fixNull(expiryDate));
        form.put("retentionDays", String.valueOf(retentionDays == null ? getRetentionDays() : retentionDays));
        form.put(
                "branchGraceMinutes",
                String.valueOf(branchGraceMinutes == null ? getBranchGraceMinutes() : branchGraceMinutes));
        form.put("cleanupsPerHour", String.valueOf(cleanupsPerHour == null ? getCleanupsPerHour() : cleanupsPerHour));
        return form;
    }

    static void requireValid(JSONObject form) throws Descriptor.FormException {
        if (form != null) {
            ProjectSettingsValidation.require(checkDays(form.optString("expiryDays")), "expiryDays");
            ProjectSettingsValidation.require(checkDays(form.optString("retentionDays")), "retentionDays");
            ProjectSettingsValidation.require(checkDate(form.optString("expiryDate")), "expiryDate");
            ProjectSettingsValidation.require(checkMinutes(form.optString("branchGraceMinutes")), "branchGraceMinutes");
            ProjectSettingsValidation.require(checkCleanups(form.optString("cleanupsPerHour")), "cleanupsPerHour");
        }
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

    /** @throws DateTimeException if it isn’t one that every calendar and browser can tell */
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
