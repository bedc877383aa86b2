package io.jenkins.plugins.octopod.dashboard.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.octopod.ModuleInternal;
import io.jenkins.plugins.octopod.engine.StagingLink;
import io.jenkins.plugins.octopod.staging.Staging;
import io.jenkins.plugins.octopod.staging.build.BranchSourceInfo;
import io.jenkins.plugins.octopod.staging.lifetime.DeployingBuild;
import io.jenkins.plugins.octopod.staging.support.ItemVisibility;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.model.lazy.LazyBuildMixIn;

/**
 * View model of the build that deployed a staging last, with its branch, commit and pull request. Reads no file of a
 * Pipeline or another job that loads its builds on demand.
 */
@ModuleInternal
public final class StagingOrigin {

    /** Maximum number of deleted builds at the end that are skipped in the search for the newest one. */
    private static final int MAX_SKIPPED = 100;

    private static final int SHORT_COMMIT = 10;

    /** Begins with the hash of a commit in Git or Mercurial. */
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{40,64})\\b.*", Pattern.DOTALL);

    private final DeployingBuild build;
    private final Job<?, ?> job;

    @CheckForNull
    private final BranchSourceInfo.Head head;

    private StagingOrigin(DeployingBuild build, Job<?, ?> job) {
        this.build = build;
        this.job = job;
        this.head = BranchSourceInfo.head(job);
    }

    /** Returns the origin of a staging; null if no build has deployed it, or the viewer may not see the job. */
    @CheckForNull
    public static StagingOrigin of(Staging staging) {
        DeployingBuild build = staging.lifetime().deployingBuild();
        Job<?, ?> job = build == null ? null : job(build.job());
        return job == null || !ItemVisibility.isVisible(job) ? null : new StagingOrigin(build, job);
    }

    @CheckForNull
    private static Job<?, ?> job(String fullName) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(fullName, Job.class);
        }
    }

    public String getJobName() {
        return job.getFullDisplayName();
    }

    /** Returns the URL of the job relative to Jenkins’ root. */
    public String getJobUrl() {
        return job.getUrl();
    }

    /** Returns the number of the build; 0 if unknown. */
    public int getNumber() {
        return build.number();
    }

    /** Returns the URL of the build relative to Jenkins’ root; null if it is unknown or was deleted. */
    @CheckForNull
    public String getBuildUrl() {
        return exists(build.number()) ? job.getUrl() + build.number() + '/' : null;
    }

    /** Returns whether the job has a newer build. */
    public boolean isOutdated() {
        int newest = job.getNextBuildNumber() - 1;
        int oldest = Math.max(build.number(), newest - MAX_SKIPPED);
        for (int number = newest; number > oldest; number--) {
            if (exists(number)) {
                return build.number() > 0;
            }
        }
        return false;
    }

    private boolean exists(int number) {
        if (number <= 0) {
            return false;
        }
        return job instanceof LazyBuildMixIn.LazyLoadingJob<?, ?> lazy
                ? lazy.getLazyBuildMixIn()._getRuns().runExists(number)
                : job.getBuildByNumber(number) != null;
    }

    /** Returns the full revision; null if unknown. */
    @CheckForNull
    public String getRevision() {
        return build.commit();
    }

    /** Returns the revision for people: the beginning of a hash, or the whole revision if it is none; null if unknown. */
    @CheckForNull
    public String getCommit() {
        Matcher hash = HASH.matcher(Objects.requireNonNullElse(build.commit(), ""));
        return hash.matches() ? hash.group(1).substring(0, SHORT_COMMIT) : build.commit();
    }

    /** Returns the name of the branch; null if the job belongs to a pull request, or to neither. */
    @CheckForNull
    public String getBranch() {
        return head == null || head.pullRequest() ? null : head.name();
    }

    /** Returns id and title of the pull request; null if the job belongs to none. */
    @CheckForNull
    public String getPullRequest() {
        if (head == null || !head.pullRequest()) {
            return null;
        }
        return head.title() == null ? head.name() : Messages.StagingOrigin_pullRequest(head.name(), head.title());
    }

    /** Returns the address of the branch or pull request at its branch source; null if it is unknown or unsafe. */
    @CheckForNull
    public String getHeadUrl() {
        String url = head == null ? null : head.url();
        return url != null && new StagingLink("", url).isSafe() ? url : null;
    }

    /** Returns a number that changes whenever the content must be shown differently. */
    public int fingerprint() {
        return Objects.hash(build, getJobName(), getJobUrl(), getBuildUrl(), isOutdated(), head);
    }
}
