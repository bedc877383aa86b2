package io.jenkins.plugins.octopod.project.access;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Permissions in a project of builds that act as no user. By default all builds do: they act as Jenkins itself. Builds
 * that act as a user have that user’s permissions instead.
 */
public final class PipelineAccess extends AbstractDescribableImpl<PipelineAccess> {

    /** Limit in characters. */
    private static final int MAX_LENGTH = 20_000;

    private static final int MAX_LINES = 200;

    /** Null in configurations without the setting. */
    @CheckForNull
    private UsedBy usedBy;

    @CheckForNull
    private String jobs;

    private boolean cleanup;

    @CheckForNull
    private String credentials;

    @DataBoundConstructor
    public PipelineAccess() {}

    /** Jobs that may use the project. */
    public enum UsedBy {
        /** Jobs in the project’s folder, and in the folders below it. */
        FOLDER,
        /** Jobs whose full names match a pattern. */
        LISTED,
        EVERY_JOB;

        public String getDisplayName() {
            return switch (this) {
                case FOLDER -> Messages.PipelineAccess_folder();
                case LISTED -> Messages.PipelineAccess_listed();
                case EVERY_JOB -> Messages.PipelineAccess_everyJob();
            };
        }
    }

    @NonNull
    public UsedBy getUsedBy() {
        return usedBy == null ? UsedBy.FOLDER : usedBy;
    }

    @DataBoundSetter
    public void setUsedBy(UsedBy usedBy) {
        this.usedBy = usedBy;
    }

    /**
     * Returns the patterns of full names of jobs, one in each line; null for none. They apply if {@link #getUsedBy} is
     * {@link UsedBy#LISTED}.
     */
    @CheckForNull
    public String getJobs() {
        return jobs;
    }

    /**
     * Sets the patterns.
     *
     * @throws IllegalArgumentException if there are too many; the message is a sentence
     */
    @DataBoundSetter
    public void setJobs(String jobs) {
        this.jobs = requireShort(jobs);
    }

    /** Returns whether builds that act as no user may clean up stagings. */
    public boolean isCleanup() {
        return cleanup;
    }

    @DataBoundSetter
    public void setCleanup(boolean cleanup) {
        this.cleanup = cleanup;
    }

    /**
     * Returns the IDs of credentials that overrides of builds that act as no user may refer to, one in each line; null
     * for none.
     */
    @CheckForNull
    public String getCredentials() {
        return credentials;
    }

    /**
     * Sets the IDs.
     *
     * @throws IllegalArgumentException if there are too many; the message is a sentence
     */
    @DataBoundSetter
    public void setCredentials(String credentials) {
        this.credentials = requireShort(credentials);
    }

    /**
     * Returns whether a job may use the project.
     *
     * @param job full name of the job
     * @param folder full name of the project’s folder; empty for Jenkins itself, which contains all jobs
     */
    public boolean allowsJob(@NonNull String job, @NonNull String folder) {
        return switch (getUsedBy()) {
            case FOLDER -> folder.isEmpty() || job.startsWith(folder + "/");
            case LISTED -> lines(jobs).stream().anyMatch(pattern -> new JobPattern(pattern).matches(job));
            case EVERY_JOB -> true;
        };
    }

    /**
     * Returns whether a job in a folder may use the project, as far as that is known without the job.
     *
     * @param jobFolder full name of the job’s folder
     * @param folder full name of the project’s folder; empty for Jenkins itself
     */
    public boolean allowsSomeJobIn(@NonNull String jobFolder, @NonNull String folder) {
        return getUsedBy() == UsedBy.LISTED
                ? lines(jobs).stream().anyMatch(pattern -> new JobPattern(pattern).matchesSomeIn(jobFolder))
                : allowsJob(jobFolder + "/job", folder);
    }

    /** Returns whether overrides of these builds may refer to the credentials. */
    public boolean allowsCredentials(@NonNull String id) {
        return lines(credentials).contains(id);
    }

    /** Returns the lines. Stored text can be longer than the form allows, and then only its beginning counts. */
    private static List<String> lines(@CheckForNull String text) {
        return text == null
                ? List.of()
                : text.substring(0, Math.min(text.length(), MAX_LENGTH))
                        .lines()
                        .map(String::trim)
                        .filter(line -> !line.isEmpty())
                        .limit(MAX_LINES)
                        .toList();
    }

    private static FormValidation checkLength(String text) {
        String typed = Util.fixNull(text);
        return typed.length() > MAX_LENGTH || typed.lines().count() > MAX_LINES
                ? FormValidation.error(Messages.PipelineAccess_tooLong(MAX_LINES, MAX_LENGTH))
                : FormValidation.ok();
    }

    /** Refuses text that the form would mark as an error. */
    private static String requireShort(String text) {
        FormValidation checked = checkLength(text);
        if (checked.kind == FormValidation.Kind.ERROR) {
            throw new IllegalArgumentException(checked.getMessage());
        }
        return Util.fixEmptyAndTrim(text);
    }

    /** Descriptor of the part of a project’s form. */
    @Extension
    @Symbol("octopodPipelineAccess")
    public static final class DescriptorImpl extends Descriptor<PipelineAccess> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PipelineAccess_displayName();
        }

        /** Checks the patterns. Patterns that don’t apply now are no error, so that users can try out the options. */
        @POST
        public FormValidation doCheckJobs(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter UsedBy usedBy) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            boolean listed = usedBy == UsedBy.LISTED;
            boolean given = Util.fixEmptyAndTrim(value) != null;
            FormValidation length = checkLength(value);
            if (length.kind == FormValidation.Kind.OK && listed != given) {
                return FormValidation.warning(
                        listed ? Messages.PipelineAccess_noJobs() : Messages.PipelineAccess_jobsDoNotCount());
            }
            return length;
        }

        @POST
        public FormValidation doCheckCredentials(@AncestorInPath Item item, @QueryParameter String value) {
            return item == null || !item.hasPermission(Item.CONFIGURE) ? FormValidation.ok() : checkLength(value);
        }
    }
}
